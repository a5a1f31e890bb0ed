/* SPDX-License-Identifier: Apache-2.0
 *
 * The accelerator as a plugin: a SystemC platform loads libplumbline_sc.so at run time, and needs neither headers nor
 * libraries of Plumbline beside this file. C99 and standard headers; what is not C is handed out as void* whose type is
 * documented. plumbline/firmware/plumbline_registers.h, which this file includes, has the registers.
 *
 *     plumbline_sc_entry* entry = (plumbline_sc_entry*)dlsym(dlopen(path, RTLD_NOW), PLUMBLINE_SC_ENTRY);
 *     const plumbline_sc_functions* sc = entry(PLUMBLINE_SC_VERSION);
 *     if (sc == NULL || strcmp(sc->systemc_version, SC_VERSION) != 0 || sc->systemc_cplusplus != SC_CPLUSPLUS) refuse();
 *     plumbline_sc_config* config = sc->config_create();
 *     sc->set_accelerator(config, "meta_prototype_df");
 *     sc->plan_program(config, "fsrcnn", NULL, 60, 72, "fully-cached");
 *     plumbline_sc_accelerator* npu = sc->create(config, "npu");
 *     if (npu == NULL) puts(sc->error(config));
 *
 * Errors. Functions of a configuration return 0, or another number and leave the reason in error(config). No exception
 * leaves the plugin but those that sc_start itself throws.
 *
 * Lifetime. create() during elaboration, as any module, and from the thread of the kernel. Any number of instances, which
 * share nothing; each keeps what it needs of its configuration. destroy() after the last sc_start. Do not dlclose while an
 * instance lives.
 *
 * Compatibility. The table grows at its end and never changes otherwise; `size` says how far it reaches. Between different
 * SystemC versions, C++ standards of the SystemC library or bus widths the sockets do not fit: compare before create().
 *
 * SystemC. The plugin brings none: it shares that of the program, which has to be visible (the shared library; or a static one,
 * linked as a whole and with -rdynamic). A program with another SystemC, or one that shows none, gets a table all the same. Its
 * versions are those of the plugin; config_create() works, everything else fails, and error() says what does not fit.
 */
#ifndef PLUMBLINE_SC_H
#define PLUMBLINE_SC_H

#include <stddef.h>
#include <stdint.h>

#include "plumbline/firmware/plumbline_registers.h"

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/** Of this interface. */
#define PLUMBLINE_SC_VERSION 1
/** The name to look up: that of plumbline_sc_entry_point. */
#define PLUMBLINE_SC_ENTRY "plumbline_sc_entry_point"

/** What instances are made from: a description, programs for it, and options. */
typedef struct plumbline_sc_config plumbline_sc_config;
/** An instance: the peripheral as a SystemC module. */
typedef struct plumbline_sc_accelerator plumbline_sc_accelerator;

/** Groups of tensors, as in struct plumbline_job. */
enum { PLUMBLINE_SC_INPUT = 0, PLUMBLINE_SC_WEIGHTS = 1, PLUMBLINE_SC_OUTPUT = 2, PLUMBLINE_SC_SCRATCH = 3 };

/** What a listener is told of. */
enum {
    PLUMBLINE_SC_MOVING = 0,   /**< at one port of a memory, a transfer begins; its end is not known */
    PLUMBLINE_SC_MOVED = 1,    /**< it is over */
    PLUMBLINE_SC_STEPPING = 2, /**< a layer on a tile, or the copies before it, begin */
    PLUMBLINE_SC_STEPPED = 3,  /**< they are over */
    PLUMBLINE_SC_HELD = 4,     /**< what a memory holds from `begin` on, in one instance: `bits` */
    PLUMBLINE_SC_ABANDONED = 5 /**< the run is given up at `begin`: what has begun will not be over */
};

/** An event of a run. What does not belong to its kind is 0. Valid during the call; grows at its end, as `size` says. */
typedef struct plumbline_sc_event {
    size_t size;        /**< bytes of this */
    int kind;           /**< one of the above */
    unsigned program;   /**< by its number */
    double begin;       /**< nanoseconds of the simulation */
    double end;         /**< as `begin` where it is not known */
    const char* name;   /**< of what moves ("mac_array", "fill_I1_0", "copy_0"), or of the step's layer; never NULL */
    int copies;         /**< not 0: copies before the layer (before the stack's first where the name is empty) */
    uint64_t stack;     /**< of the tile, from 0 */
    int64_t column;     /**< likewise */
    int64_t row;        /**< likewise */
    unsigned memory;    /**< from the MAC array outwards */
    unsigned port;      /**< of the memory */
    unsigned operand;   /**< 0 I1, 1 I2, 2 O */
    unsigned direction; /**< 0 read_down, 1 write_from_down, 2 read_up, 3 write_from_up */
    int64_t bits;       /**< in all instances that move some */
    int64_t macs;       /**< of a step that is over */
} plumbline_sc_event;

/** Told in the order of time, in a thread of the kernel. It must not wait, and no exception may leave it. */
typedef void (*plumbline_sc_listener)(void* user, const plumbline_sc_event* event);

/** Called with each payload before it is sent. \param payload a tlm::tlm_generic_payload* */
typedef void (*plumbline_sc_extension)(void* user, void* payload);

/** What a program's jobs came to since the one that began with its tile 0. Whoever asks sets `size`; no more is written. */
typedef struct plumbline_sc_counters {
    size_t size;     /**< bytes of this */
    uint64_t cycles; /**< of the jobs */
    int64_t macs;    /**< multiplications with an addition */
    int64_t outputs; /**< elements of output maps that have reached system memory */
} plumbline_sc_counters;

/** What passed a memory's border for an operand in a direction, in all instances of the memory. Likewise. */
typedef struct plumbline_sc_traffic {
    size_t size;      /**< bytes of this */
    int64_t granules; /**< smallest amounts that the port can access */
    int64_t bits;     /**< data asked for, without what granules waste */
    double words;     /**< as wide as the port */
} plumbline_sc_traffic;

/** All that the plugin does. No entry is NULL. */
typedef struct plumbline_sc_functions {
    /** Bytes of this table; those of a newer plugin reach further. */
    size_t size;
    /** Of the package, such as "0.1.0". */
    const char* plumbline_version;
    /** SC_VERSION of the kernel that the plugin was built for, such as "2.3.4-Accellera". */
    const char* systemc_version;
    /** The C++ standard that this SystemC library was built with, as SC_CPLUSPLUS: 201703L. */
    long systemc_cplusplus;
    /** BUSWIDTH of the sockets, in bits. */
    unsigned bus_width;

    /* ---- Configuration: what instances are made from. Text is copied. ---- */

    /** NULL where memory is exhausted. */
    plumbline_sc_config* (*config_create)(void);
    /** NULL is allowed. Instances that were made from it live on. */
    void (*config_destroy)(plumbline_sc_config* config);
    /** Why the last call with this configuration failed; empty if it did not. Until the next such call. */
    const char* (*error)(const plumbline_sc_config* config);

    /** Folder of the built-in descriptions, where the one that was installed with the plugin is not wanted. First of all. */
    int (*set_data_folder)(plumbline_sc_config* config, const char* folder);
    /** A built-in name or the path of a description (YAML as of ZigZag v3). Before programs and profile. */
    int (*set_accelerator)(plumbline_sc_config* config, const char* name);
    /** Path of a calibration profile: what measurements say that the accelerator really is. Before programs. */
    int (*set_profile)(plumbline_sc_config* config, const char* path);

    /** Adds a program: a network (built-in name or path) and its schedule (path of a JSON file). Firmware knows programs by
     * their number, from 0 in the order in which they are added. */
    int (*add_program)(plumbline_sc_config* config, const char* workload, const char* schedule);
    /** Adds a program that is planned now: tile columns and rows, and "fully-recompute", "h-cached" or "fully-cached".
     * `mapping` is a built-in name or a path; NULL: the rules of the accelerator's family. */
    int (*plan_program)(plumbline_sc_config* config, const char* workload, const char* mapping, int64_t columns,
                        int64_t rows, const char* mode);

    /** "cycle", "transaction" (the default) or "analytical". */
    int (*set_fidelity)(plumbline_sc_config* config, const char* fidelity);
    /** Not 0: maps and weights in memory are int8, and outputs are computed. */
    int (*set_real_data)(plumbline_sc_config* config, int real);
    /** Addresses that the dma socket may touch, both included. Default: all. */
    int (*set_window)(plumbline_sc_config* config, uint64_t first, uint64_t last);
    /** Jobs that wait, 1 to 255, beside the one that runs. Default: 4. */
    int (*set_queue_depth)(plumbline_sc_config* config, unsigned depth);
    /** Nanoseconds of a register access, at most 1000000000. Default: 10. */
    int (*set_register_latency)(plumbline_sc_config* config, unsigned nanoseconds);
    /** Bytes of a transaction of the dma socket at most; 0: no limit. Default: 4096. */
    int (*set_longest_burst)(plumbline_sc_config* config, uint64_t bytes);

    /* ---- Instances ---- */

    /** A SystemC module called `name`, below the module that is being constructed. NULL, with error(config), where it cannot
     * be made. */
    plumbline_sc_accelerator* (*create)(plumbline_sc_config* config, const char* name);
    /** NULL is allowed. After the last sc_start. */
    void (*destroy)(plumbline_sc_accelerator* accelerator);

    /** tlm::tlm_base_target_socket_b<32>*: registers, 32 bits each, from address 0 on. */
    void* (*registers)(plumbline_sc_accelerator* accelerator);
    /** tlm::tlm_base_initiator_socket_b<32>*: descriptors, maps and weights in system memory. */
    void* (*dma)(plumbline_sc_accelerator* accelerator);
    /** sc_core::sc_port_b<sc_core::sc_signal_inout_if<bool>>*: high while an interrupt is pending. May stay unbound. */
    void* (*interrupt)(plumbline_sc_accelerator* accelerator);
    /** sc_core::sc_port_b<sc_core::sc_signal_in_if<bool>>*: active high. May stay unbound. */
    void* (*reset)(plumbline_sc_accelerator* accelerator);
    /** Bytes that a group of a program's tensors takes from its address in a job descriptor; 0: it has none. */
    uint64_t (*group_size)(const plumbline_sc_accelerator* accelerator, unsigned program, int group);

    /* ---- What earlier plugins lack: look at `size` before. ---- */

    /** Bytes of which no transaction of the dma socket crosses a multiple; 0: it may cross anything. Default: 0. */
    int (*set_alignment)(plumbline_sc_config* config, uint64_t bytes);
    /** Transactions of the dma socket under way at a time; 0: one for each transfer under way. Default: 0. */
    int (*set_outstanding)(plumbline_sc_config* config, size_t transactions);
    /** Not 0: the dma socket sends by nb_transport in four phases, not by b_transport. */
    int (*set_non_blocking)(plumbline_sc_config* config, int non_blocking);
    /** Added to addresses on the bus, modulo 2^64; the window is of those before. Default: 0. */
    int (*set_address_offset)(plumbline_sc_config* config, uint64_t offset);
    /** Femtoseconds of a clock cycle, a millisecond at most; 0: gated. Default: 1000000. */
    int (*set_period)(plumbline_sc_config* config, uint64_t femtoseconds);
    /** The same of an instance, from now on, while it runs. Not 0: longer than a millisecond. */
    int (*change_period)(plumbline_sc_accelerator* accelerator, uint64_t femtoseconds);

    /** Who is told what happens in runs of instances made from now on, with what; NULL: nobody. At "analytical" nobody is. */
    int (*set_listener)(plumbline_sc_config* config, plumbline_sc_listener listener, void* user);
    /** Cycles of all jobs since CONTROL.CLEAR or a reset, as the registers say. */
    uint64_t (*cycles)(const plumbline_sc_accelerator* accelerator);
    /** Picojoules of all jobs up to now; nothing sets it back. */
    double (*energy)(const plumbline_sc_accelerator* accelerator);
    /** Milliwatts on average since it was asked last, or since the simulation began. */
    double (*power)(plumbline_sc_accelerator* accelerator);
    /** What a program counted since its tile 0, as a CSV that `plumbline validate --observations` and `calibrate --runs` read.
     * `times_only`: not 0 leaves out words and energy. Not 0: there is no such program, or the file cannot be written. */
    int (*write_observations)(const plumbline_sc_accelerator* accelerator, unsigned program, const char* path,
                              int times_only);

    /** Have each payload that `dma` sends from now on, those of debug transport included, extended by the host. An extension has to
     * leave with the payload (set_auto_extension). NULL: no more. Not 0: memory is exhausted. */
    int (*extend_payloads)(plumbline_sc_accelerator* accelerator, plumbline_sc_extension extension, void* user);
    /** Not 0: there is no such program. At "analytical", all of a job comes at its end. */
    int (*counters)(const plumbline_sc_accelerator* accelerator, unsigned program, plumbline_sc_counters* counters);
    /** Numbers as in plumbline_sc_event. Not 0: there is no such program, memory, operand or direction. */
    int (*traffic)(const plumbline_sc_accelerator* accelerator, unsigned program, unsigned memory, unsigned operand,
                   unsigned direction, plumbline_sc_traffic* traffic);
} plumbline_sc_functions;

/** Type of plumbline_sc_entry_point, for what dlsym() returns. */
typedef const plumbline_sc_functions* plumbline_sc_entry(int version);
/** The functions for a host that was built with that PLUMBLINE_SC_VERSION; NULL where the plugin does not serve it. Lives as
 * long as the plugin is loaded. This symbol is all that is exported. */
const plumbline_sc_functions* plumbline_sc_entry_point(int version);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
