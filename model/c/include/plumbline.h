/* SPDX-License-Identifier: Apache-2.0
 *
 * Plumbline's prediction for programs in C, and for languages that call C: read descriptions, plan a schedule or load
 * one, predict its cost, walk through the result. No C++ type or exception crosses this border.
 *
 *     plumbline_session* session = plumbline_session_create();
 *     plumbline_accelerator* accelerator = NULL;
 *     if (plumbline_accelerator_load(session, "meta_prototype_df", &accelerator) != PLUMBLINE_OK)
 *         puts(plumbline_session_error(session));
 *
 * Errors. Functions that can fail return a plumbline_status, write their result through the last argument (NULL unless
 * PLUMBLINE_OK), and leave the reason in the session that they were given. Queries never fail: for what does not exist (a
 * null handle, an index out of range) they return 0, or NULL for text.
 *
 * Ownership. Who creates, loads, parses or plans a handle destroys it, in any order: a handle keeps alive what it needs.
 * Destroying NULL does nothing. Text belongs to the handle it came from and lives as long, unless said otherwise.
 *
 * Threads. A session and plumbline_options serve one thread at a time. All other handles never change once they exist, so
 * any number of threads may use them at once, each with a session of its own.
 *
 * Compatibility. No layout is part of the interface: handles are opaque and options are set by functions, so a binding
 * cannot get a struct wrong. Functions and enumerators may be added; none changes or goes while the library is called
 * libplumbline.so.1.
 */
#ifndef PLUMBLINE_H
#define PLUMBLINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/** What a program can ask when it is compiled. */
enum {
    /** Version of this header; grows when functions are added. */
    PLUMBLINE_API_VERSION = 1
};

/** Version of the library that runs: all functions of headers up to that version are there. */
int plumbline_api_version(void);
/** Version of the package, such as "0.1.0". Lives forever. */
const char* plumbline_version(void);

/** How a call ended; the numbers are the exit codes of the command. */
typedef enum plumbline_status {
    PLUMBLINE_OK = 0,
    /** A file, a text or an argument cannot be used; the error reads `file:line: path.to.field: what is wrong`. */
    PLUMBLINE_BAD_INPUT = 2,
    /** The question is well formed and has no answer; the error names the sizes that collide. */
    PLUMBLINE_INFEASIBLE = 3,
    PLUMBLINE_OUT_OF_MEMORY = 4,
    /** Anything else that went wrong, such as a thread that could not start. */
    PLUMBLINE_FAILED = 5
} plumbline_status;

/* ---- Session: where errors and the built-in descriptions are ---- */

/** Where the last error and the folder of built-in descriptions are kept. */
typedef struct plumbline_session plumbline_session;

/** NULL where memory is exhausted. Built-in descriptions are looked for in the folder that the environment variable
 *  PLUMBLINE_DATA_DIR names, else in the one that was installed with the library. */
plumbline_session* plumbline_session_create(void);
/** Handles that were made with this session live on. */
void plumbline_session_destroy(plumbline_session* session);

/** Why the last call with this session did not return PLUMBLINE_OK; empty if it did. Until the next such call. */
const char* plumbline_session_error(const plumbline_session* session);

/** Folder of the built-in descriptions: it holds accelerators/, workloads/ and mappings/. Copied. */
plumbline_status plumbline_session_set_data_folder(plumbline_session* session, const char* folder);

/** Kinds of built-in descriptions. */
typedef enum plumbline_description {
    /** MAC array and memories. */
    PLUMBLINE_ACCELERATOR = 0,
    /** A network, layer by layer. */
    PLUMBLINE_WORKLOAD = 1,
    /** Rules that say how layers are unrolled on the MAC array. */
    PLUMBLINE_MAPPING = 2
} plumbline_description;

/** How many descriptions of a kind are built in. */
size_t plumbline_built_in_count(const plumbline_session* session, plumbline_description kind);
/** Their names in alphabetical order. A name lives until the next call of this function with this session. */
const char* plumbline_built_in_name(plumbline_session* session, plumbline_description kind, size_t index);

/* ---- Descriptions: YAML in the schema of ZigZag v3, from a file, a built-in one by name, or a text ---- */

/** Hardware: a MAC array and its memories. */
typedef struct plumbline_accelerator plumbline_accelerator;
/** A network: layers in topological order. */
typedef struct plumbline_workload plumbline_workload;
/** Rules that say how layers are unrolled on the MAC array of one accelerator. */
typedef struct plumbline_mapping plumbline_mapping;

/** `name`: a path, or the name of a built-in description. */
plumbline_status plumbline_accelerator_load(plumbline_session* session, const char* name,
                                            plumbline_accelerator** accelerator);
/** `filename` is what errors call the text; the same holds for the other parse functions. */
plumbline_status plumbline_accelerator_parse(plumbline_session* session, const char* text, const char* filename,
                                             plumbline_accelerator** accelerator);
/** Schedules and costs that were made with it live on. */
void plumbline_accelerator_destroy(plumbline_accelerator* accelerator);
/** The name in the description. */
const char* plumbline_accelerator_name(const plumbline_accelerator* accelerator);
/** Memories from the MACs outwards; the last one is off chip. */
size_t plumbline_accelerator_memory_count(const plumbline_accelerator* accelerator);
/** Name of memory `memory`, an index below the count. */
const char* plumbline_accelerator_memory_name(const plumbline_accelerator* accelerator, size_t memory);
/** Of one instance, in bits. */
int64_t plumbline_accelerator_memory_size(const plumbline_accelerator* accelerator, size_t memory);

/** `name`: a path, or the name of a built-in description. */
plumbline_status plumbline_workload_load(plumbline_session* session, const char* name, plumbline_workload** workload);
/** The workload is called `filename`, without folder and extension. */
plumbline_status plumbline_workload_parse(plumbline_session* session, const char* text, const char* filename,
                                          plumbline_workload** workload);
/** Schedules and costs that were made with it live on. */
void plumbline_workload_destroy(plumbline_workload* workload);
/** Name of the file that it was loaded from, without folder and extension. */
const char* plumbline_workload_name(const plumbline_workload* workload);
/** Layers in topological order. */
size_t plumbline_workload_layer_count(const plumbline_workload* workload);
/** Name of layer `layer`, an index below the count. */
const char* plumbline_workload_layer_name(const plumbline_workload* workload, size_t layer);
/** Its id in the description. */
int64_t plumbline_workload_layer_id(const plumbline_workload* workload, size_t layer);

/** Mapping rules for an accelerator. `name` NULL: those of its family, where it was loaded by a built-in name. */
plumbline_status plumbline_mapping_load(plumbline_session* session, const char* name,
                                        const plumbline_accelerator* accelerator, plumbline_mapping** mapping);
/** The same from a text; `filename` is what errors call it. */
plumbline_status plumbline_mapping_parse(plumbline_session* session, const char* text, const char* filename,
                                         const plumbline_accelerator* accelerator, plumbline_mapping** mapping);
/** Schedules that were planned with it live on. */
void plumbline_mapping_destroy(plumbline_mapping* mapping);

/* ---- Calibration: what measurements say of hardware that its description leaves open ---- */

/** Parameters of an accelerator that were found by calibration. */
typedef struct plumbline_profile plumbline_profile;

/** A profile as `plumbline calibrate` writes it (YAML); it has to fit the accelerator. */
plumbline_status plumbline_profile_load(plumbline_session* session, const char* path,
                                        const plumbline_accelerator* accelerator, plumbline_profile** profile);
/** The same from a text; `filename` is what errors call it. */
plumbline_status plumbline_profile_parse(plumbline_session* session, const char* text, const char* filename,
                                         const plumbline_accelerator* accelerator, plumbline_profile** profile);
/** Accelerators that were calibrated with it live on. */
void plumbline_profile_destroy(plumbline_profile* profile);

/** A new accelerator, as the profile says that `accelerator` really is; use it in place of that one, from planning on.
 *  Profiles do not add up: one that is calibrated already is refused. */
plumbline_status plumbline_accelerator_calibrate(plumbline_session* session, const plumbline_accelerator* accelerator,
                                                 const plumbline_profile* profile, plumbline_accelerator** calibrated);

/* ---- Options of planning ---- */

/** How a schedule is planned. */
typedef struct plumbline_options plumbline_options;

/** Fully cached, cut where weights overflow, capacity reserved, 6 factors, least energy, estimator refined, a thread per
 *  core. A tile has to be given. */
plumbline_status plumbline_options_create(plumbline_session* session, plumbline_options** options);
/** Schedules that were planned with them live on. */
void plumbline_options_destroy(plumbline_options* options);

/** Columns and rows of a stack's output that are computed at once, for all stacks; larger ones are cut to the map. */
plumbline_status plumbline_options_set_tile(plumbline_session* session, plumbline_options* options, int64_t columns,
                                            int64_t rows);
/** "fully-recompute", "h-cached" or "fully-cached", for all stacks. */
plumbline_status plumbline_options_set_mode(plumbline_session* session, plumbline_options* options, const char* mode);
/** Tile and mode of the next stack, instead of those for all: as many calls as there are stacks. */
plumbline_status plumbline_options_add_stack(plumbline_session* session, plumbline_options* options, int64_t columns,
                                             int64_t rows, const char* mode);
/** "auto", "none", "each", or layers after which a stack ends, by id or name: "3,7". Layers are checked in planning. */
plumbline_status plumbline_options_set_cuts(plumbline_session* session, plumbline_options* options, const char* cuts);
/** "reserved", or "optimistic" as DeFiNES. */
plumbline_status plumbline_options_set_capacity(plumbline_session* session, plumbline_options* options,
                                                const char* capacity);
/** Temporal loop factors per layer at most; 0: the exact search, over all orders and allocations. */
plumbline_status plumbline_options_set_factors(plumbline_session* session, plumbline_options* options, int factors);
/** "energy", "latency" or "edp". */
plumbline_status plumbline_options_set_objective(plumbline_session* session, plumbline_options* options,
                                                 const char* objective);
/** Minimises energy^energy_exponent * latency^latency_exponent. Not negative, and not both zero. */
plumbline_status plumbline_options_set_weights(plumbline_session* session, plumbline_options* options,
                                               double energy_exponent, double latency_exponent);
/** "refined", or "uniform" for parity with DeFiNES: formulas that the mapping search compares with. */
plumbline_status plumbline_options_set_estimator(plumbline_session* session, plumbline_options* options,
                                                 const char* estimator);
/** Threads of the mapping search; 0: one per core. The result does not depend on it. */
plumbline_status plumbline_options_set_threads(plumbline_session* session, plumbline_options* options, int threads);

/* ---- Schedules ---- */

/** Everything that the hardware does for a network: stacks, tiles, mappings of layers and copies. */
typedef struct plumbline_schedule plumbline_schedule;

/** Searches mappings for every tile class. Takes milliseconds to minutes: it grows with the factors. */
plumbline_status plumbline_schedule_plan(plumbline_session* session, const plumbline_accelerator* accelerator,
                                         const plumbline_workload* workload, const plumbline_mapping* mapping,
                                         const plumbline_options* options, plumbline_schedule** schedule);
/** A schedule as JSON ("plumbline/schedule/1"); it is checked against both descriptions. */
plumbline_status plumbline_schedule_load(plumbline_session* session, const char* path,
                                         const plumbline_accelerator* accelerator, const plumbline_workload* workload,
                                         plumbline_schedule** schedule);
/** The same from a text; `filename` is what errors call it. */
plumbline_status plumbline_schedule_parse(plumbline_session* session, const char* text, const char* filename,
                                          const plumbline_accelerator* accelerator, const plumbline_workload* workload,
                                          plumbline_schedule** schedule);
/** Costs that were predicted of it live on. */
void plumbline_schedule_destroy(plumbline_schedule* schedule);

/** Written at once: a reader meets the old file or the new one, complete. */
plumbline_status plumbline_schedule_save(plumbline_session* session, const plumbline_schedule* schedule,
                                         const char* path);
/** The JSON text; ends with a zero, and lives until the next call with this session. */
plumbline_status plumbline_schedule_json(plumbline_session* session, const plumbline_schedule* schedule,
                                         const char** text);
/** Stacks of fused layers. */
size_t plumbline_schedule_stack_count(const plumbline_schedule* schedule);

/* ---- Cost: a list of parts, each with energy, cycles and accesses ---- */

/** What a schedule is predicted to cost. */
typedef struct plumbline_cost plumbline_cost;

/** `estimator`: "uniform" or "refined". */
plumbline_status plumbline_predict(plumbline_session* session, const plumbline_schedule* schedule,
                                   const char* estimator, plumbline_cost** cost);
/** Its texts go with it. */
void plumbline_cost_destroy(plumbline_cost* cost);

/** Part 0 is the whole schedule; the layers follow, then the copies, both in the order of the schedule. Each is a sum over
 *  all tiles, and part 0 is the sum of the others. */
size_t plumbline_cost_part_count(const plumbline_cost* cost);

/** What a part of a cost stands for. */
typedef enum plumbline_part {
    /** The whole schedule. */
    PLUMBLINE_TOTAL = 0,
    /** A layer, on all tiles. */
    PLUMBLINE_LAYER = 1,
    /** Copies between memories that run at the same time, before a layer. */
    PLUMBLINE_COPY = 2
} plumbline_part;

/** PLUMBLINE_TOTAL where there is no such part. */
plumbline_part plumbline_cost_part_kind(const plumbline_cost* cost, size_t part);
/** Of a layer: its name. Of a copy: that of the layer it comes before, empty for a stack's input. Of the total: that
 *  of the workload. */
const char* plumbline_cost_part_name(const plumbline_cost* cost, size_t part);

/** MACs and memories, in picojoules. */
double plumbline_cost_energy(const plumbline_cost* cost, size_t part);
/** MACs alone, in picojoules. */
double plumbline_cost_mac_energy(const plumbline_cost* cost, size_t part);
/** Multiply-accumulate operations. */
int64_t plumbline_cost_macs(const plumbline_cost* cost, size_t part);

/** What cycles are spent on. */
typedef enum plumbline_phase {
    /** Iterations of the temporal loops. */
    PLUMBLINE_COMPUTE = 0,
    /** Waiting for ports while computing. */
    PLUMBLINE_STALL = 1,
    /** Before a tile's first iteration. */
    PLUMBLINE_LOADING = 2,
    /** After its last. */
    PLUMBLINE_OFFLOADING = 3,
    /** Copies between layers. */
    PLUMBLINE_COPYING = 4
} plumbline_phase;

/** In clock cycles of the accelerator. */
int64_t plumbline_cost_latency(const plumbline_cost* cost, size_t part);
/** Cycles of one phase. Phases never overlap, so their sum is the latency. */
int64_t plumbline_cost_phase(const plumbline_cost* cost, size_t part, plumbline_phase phase);

/** Directions of accesses to a memory. Down is towards the MACs, up is towards off-chip memory. */
typedef enum plumbline_direction {
    /** Read for the level below. */
    PLUMBLINE_READ_DOWN = 0,
    /** Written by the level below. */
    PLUMBLINE_WRITE_FROM_DOWN = 1,
    /** Read for the level above. */
    PLUMBLINE_READ_UP = 2,
    /** Written by the level above. */
    PLUMBLINE_WRITE_FROM_UP = 3
} plumbline_direction;

/** Rows of traffic: one for each memory that serves an operand of this part, from the MACs outwards. */
size_t plumbline_cost_traffic_count(const plumbline_cost* cost, size_t part);
/** Index of the row's memory in the accelerator. */
size_t plumbline_cost_traffic_memory(const plumbline_cost* cost, size_t part, size_t row);
/** Name of the row's memory. */
const char* plumbline_cost_traffic_memory_name(const plumbline_cost* cost, size_t part, size_t row);
/** "I1" (activations), "I2" (weights, or the second input of an addition) or "O" (outputs). */
const char* plumbline_cost_traffic_operand(const plumbline_cost* cost, size_t part, size_t row);
/** Full-width words; fractional where the port's granule is narrower than its word. */
double plumbline_cost_traffic_accesses(const plumbline_cost* cost, size_t part, size_t row,
                                       plumbline_direction direction);
/** Of all directions, in picojoules. */
double plumbline_cost_traffic_energy(const plumbline_cost* cost, size_t part, size_t row);

/* ---- A prediction again and again, for other energies of the same hardware ---- */

/** What a word, a multiply-accumulate operation and the dispatch of a step cost. */
typedef struct plumbline_rates plumbline_rates;

/** As the accelerator's description has them. */
plumbline_status plumbline_rates_create(plumbline_session* session, const plumbline_accelerator* accelerator,
                                        plumbline_rates** rates);
/** Predictions of it live on. */
void plumbline_rates_destroy(plumbline_rates* rates);
/** Picojoules of one multiply-accumulate operation, at least 0. */
plumbline_status plumbline_rates_set_mac(plumbline_session* session, plumbline_rates* rates, double picojoules);
/** Picojoules of a full-width word that a memory of the accelerator reads, and of one that it writes; at least 0. */
plumbline_status plumbline_rates_set_memory(plumbline_session* session, plumbline_rates* rates, size_t memory,
                                            double read, double write);
/** Cycles before each step of a schedule, at least 0. */
plumbline_status plumbline_rates_set_dispatch(plumbline_session* session, plumbline_rates* rates, int64_t cycles);

/** A schedule whose accesses and cycles are known. It may be shared by threads. */
typedef struct plumbline_prepared plumbline_prepared;

/** Does the work of plumbline_predict() once. `estimator`: "uniform" or "refined". */
plumbline_status plumbline_prepare(plumbline_session* session, const plumbline_schedule* schedule,
                                   const char* estimator, plumbline_prepared** prepared);
/** It keeps nothing else alive. */
void plumbline_prepared_destroy(plumbline_prepared* prepared);
/** MACs and memories, in picojoules. Allocates nothing; 0 where an argument is null or the rates are those of another
 *  accelerator. */
double plumbline_prepared_energy(const plumbline_prepared* prepared, const plumbline_rates* rates);
/** In clock cycles of the accelerator. Allocates nothing; 0 as above. */
int64_t plumbline_prepared_latency(const plumbline_prepared* prepared, const plumbline_rates* rates);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
