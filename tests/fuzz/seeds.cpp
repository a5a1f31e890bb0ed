// SPDX-License-Identifier: Apache-2.0
#include "fuzz/seeds.hpp"

#include <fstream>
#include <iterator>

#include "test_data.hpp"

namespace plumbline::test {
namespace {

const std::string kConvRecord =
    R"({"kind": "best", "platform": "Tiny", "layer": "3", )"
    R"("equation": "O[b][k][oy][ox]+=W[k][c]*I[b][c][ix][oy]", "equation_relations": ["ix=2*ox+1*fx"], )"
    R"("loop_dim_size": {"B": 1, "K": 2, "C": 3, "OY": 4, "OX": 1, "FX": 1}, )"
    R"("operand_precision": {"O": 16, "O_final": 8, "W": 8, "I": 8}, )"
    R"("operand_link": {"O": "O", "W": "I2", "I": "I1"}, )"
    R"("levels": {"O": ["reg_o", "sram"], "I1": ["sram"], "I2": ["sram", "dram"]}, )"
    R"("spatial": {"O": [[], [["K", 2.0]], []], "W": [[["K", 2.0]], [], []], "I": [[["K", 2.0]], []]}, )"
    R"("temporal": {"O": [[["C", 3]], [["OY", 4]]], "W": [[["C", 3]], [["OY", 4]]], "I": [[["C", 3], ["OY", 4]]]}, )"
    R"("expect": {"mac_energy": 1, "mem_energy": 2.5, "energy": 3.5, )"
    R"("word_access": {"O": [[1, 2, 3, 4], [5, 6, 0, 0]], "W": [[7, 0, 0, 8], [9, 0, 0, 0]], )"
    R"("I": [[0.5, 0, 0, 0]]}, )"
    R"("energy_breakdown": {"O": [[1, 2, 3, 4], [5, 6, 0, 0]], )"
    R"("W": [[7, 0, 0, 8], [9, 0, 0, 0]], "I": [[1, 0, 0, 0]]}, )"
    R"("stall": 10, "loading": 11, "offloading": 12, "ideal_cycle": 13, "temporal_cycle": 14, )"
    R"("latency": [24, 35, 47]}, )"
    R"("searched": 6, "lpf": 8})";

const std::string kCopyRecord =
    R"({"kind": "copy", "platform": "Tiny", "layer": "before 3", "actions": [)"
    R"({"bits": 640, "src": ["I1", 1, "dram"], "dst": ["I1", 0, "sram"], "energy": 12.5, "hops": [20]}, )"
    R"({"bits": 0, "src": ["O", 1, "sram"], "dst": ["I1", 0, "sram"], "energy": 0, "hops": []}], )"
    R"("expect": {"energy": 12.5, "latency": 20}})";

const std::string kRules = R"(- name: default
  spatial_mapping:
    D1:
      - K, 2
- name: Add
  spatial_mapping:
    D1: ["G, 2"]
  temporal_ordering: [[OX, 4], [K, "*"]]
  memory_operand_links: {O: O, X: I1, Y: I1}
- name: Pooling
  spatial_mapping_hint:
    D1: [K, OX]
)";

std::string content(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string platform(const std::string& path) { return content(std::string{kPlatformsFolder} + '/' + path + ".yaml"); }

}  // namespace

const std::string kProfile = R"(schema: plumbline-calibration-1
accelerator: tiny
memories:
  sram:
    bandwidth: 0.9
    access_latency: 4
    burst: 256
  dram: {burst_overhead: 2.5, energy_scale: 1.25}
top:
  efficiency: 0.8
  refresh_share: 0.05
steps: {dispatch: 25}
fitted_to: [tiny 4x4]
)";

const std::string kTolerances = R"(accesses:
  - {estimator: refined, at_most: 1e-9}
  - {memory: rf_2B, operand: O, at_most: 0.5}
latency: 0.05
layers:
  - at_most: 0.2
)";

const std::string kTraceMapping = R"(cycle_ns: 0.5
events:
  - match: {category: dma, args: {port: A}}
    memory: sram
    operand: {arg: tensor}
    direction: read_down
    amount: {arg: size, unit: bytes}
    layer: {arg: op}
  - match: {name: "op *", process: core}
    layer: {field: category}
    time: step
  - match: {name: inference}
    time: run
signals:
  - signal: top.sram.rd_en
    memory: sram
    operand: W
    direction: read_down
    amount: {per_cycle: 32, unit: bits}
  - signal: top.sram.busy
    memory: sram
    port: r_port_1
  - signal: top.layer
    active: 1
    layer: pointwise
    time: step
  - signal: top.sram.busy
    time: run
)";

const std::string kObservations = R"(# counted at the sram
layer,memory,operand,direction,bytes,time_ns,transactions
conv,sram,I,read_down,320,90.5,40
pointwise,sram,O,"write_from_down",64,,8
)";

const std::string kTimes = R"(layer,step,phase,time_cycles,energy_pj,memory,port
conv,,computing,90,,,
conv,,loading,6,,,
,copy,,12,,,
,,,200,130.5,,
,,,40,,sram,r_port_1
)";

const std::string kZigzagResult = R"({"outputs": {
  "memory": {"utilization": null, "word_accesses": {"I": [{"rd_out_to_low": 50, "wr_in_by_low": 0, "rd_out_to_high": 0,
  "wr_in_by_high": 5}, {"rd_out_to_low": 10, "wr_in_by_low": 0, "rd_out_to_high": 0, "wr_in_by_high": 0}]}},
  "energy": {"energy_total": 130.5, "operational_energy": 4.0},
  "latency": {"data_onloading": 6, "computation": 90.0, "data_offloading": 4}},
 "inputs": {"accelerator": {"name": "tiny"}, "layer":
  {"name": "conv", "memory_operand_links": {"O": "O", "W": "I2", "I": "I1"}}}}
)";

const std::string kZigzagLayers = R"json([{"outputs": {
  "memory": {"word_accesses": {"I": ["4waydatamoving (rd ^: 0, wr v: 16, rd v: 32, wr ^: 0)"]}},
  "energy": {"energy_total": 1.5}, "latency": {"data_onloading": 6, "computation": 90.0, "data_offloading": 4}},
 "inputs": {"layer": {"name": "0"}}},
 {"outputs": {"memory": {"word_accesses": {}}, "energy": {"energy_total": 1e3},
  "latency": {"data_onloading": 1, "computation": 2, "data_offloading": 3}}, "inputs": {"layer": {"name": "pointwise"}}}]
)json";

const std::string kOwnTrace = R"({"displayTimeUnit":"ms","otherData":{"schema":"plumbline/trace/1"},"traceEvents":[
{"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":"schedule"}},
{"ph":"M","name":"process_name","pid":2,"tid":0,"args":{"name":"sram"}},
{"ph":"M","name":"thread_name","pid":2,"tid":100,"args":{"name":"w_port_1"}},
{"ph":"X","ts":0,"dur":12,"pid":2,"tid":100,"cat":"copy_0","name":"I","args":{"operand":"I","direction":"write_from_up","before_layer":null,"stack":0,"column":0,"row":0,"bits":320,"granules":40}},
{"ph":"X","ts":0,"dur":12,"pid":1,"tid":50,"name":"copy of the stack's input","cat":"step","args":{"before_layer":null,"stack":0,"column":0,"row":0}},
{"ph":"X","ts":18,"dur":90,"pid":2,"tid":101,"cat":"mac_array","name":"I","args":{"operand":"I","direction":"read_down","layer":"conv","stack":0,"column":0,"row":0,"bits":2500,"granules":320}},
{"ph":"X","ts":18,"dur":90,"pid":3,"tid":102,"name":"iterations","cat":"mac_array","args":{"layer":"conv"}},
{"ph":"X","ts":12,"dur":100.5,"pid":1,"tid":50,"name":"conv","cat":"step","args":{"layer":"conv","stack":0,"column":0,"row":0,"macs":100}},
{"ph":"X","ts":12,"dur":6,"pid":1,"tid":51,"name":"loading","cat":"phase"},
{"ph":"X","ts":18,"dur":90.5,"pid":1,"tid":51,"name":"computing","cat":"phase"},
{"ph":"X","ts":108.5,"dur":4,"pid":1,"tid":51,"name":"offloading","cat":"phase"},
{"ph":"C","ts":0,"pid":2,"name":"held","args":{"bits":320}}
]}
)";

const std::string kForeignTrace = R"([
{"ph":"M","name":"process_name","pid":7,"args":{"name":"core"}},
{"ph":"X","name":"burst","cat":"dma","ts":1,"dur":0.25,"pid":1,"tid":1,"args":{"port":"A","tensor":"W","size":24,"op":"conv"}},
{"ph":"X","name":"burst","cat":"dma","ts":2,"dur":0.25,"pid":1,"tid":1,"args":{"port":"B","tensor":"W","size":99,"op":"conv"}},
{"ph":"B","name":"inference","ts":0.5,"pid":7,"tid":1},
{"ph":"B","name":"op 1","cat":"conv","ts":1,"pid":7,"tid":1},
{"ph":"E","ts":3,"pid":7,"tid":1},
{"ph":"b","name":"op 2","cat":"conv","id":5,"ts":3,"pid":7,"tid":1},
{"ph":"e","name":"op 2","cat":"conv","id":5,"ts":4,"pid":7,"tid":1},
{"ph":"E","ts":5,"pid":7,"tid":1},
{"ph":"i","name":"marker","ts":-1,"pid":7,"tid":1}
]
)";

const std::string kWaveform = R"($date today $end
$timescale 1 ns $end
$scope module top $end
$scope module sram $end
$var wire 1 ! rd_en $end
$var wire 1 " busy $end
$upscope $end
$var reg 4 # layer [3:0] $end
$upscope $end
$enddefinitions $end
#10
$dumpvars
0!
x"
b0 #
$end
#20
1!
1"
#30
0!
b1 #
#34
1!
bx #
#40
0"
#50
)";

const std::string kStoredPoint =
    R"({"key":"tiny pair fully-cached 4x4 auto","point":{"cuts":[1],"macs":432,"latency":{"computing":[1,2.5e3]}}})";

const std::string kQuantities = R"({"energy":12.5,"cycles.conv":100,"words.sram.I1.read_down":40.25})";

std::vector<std::string> accelerator_seeds()
{
    return {platform("accelerators/meta_prototype_df"), platform("accelerators/tpu_like"), platform("tiny/tiny")};
}

std::vector<std::string> workload_seeds()
{
    return {platform("workloads/defines/mccnn"), platform("workloads/defines/fsrcnn"), platform("tiny/one_layer")};
}

std::vector<std::string> mapping_seeds() { return {kRules}; }

std::vector<std::string> onnx_seeds()
{
    const std::string folder = std::string{kReferenceFolder} + "/onnx/";
    return {content(folder + "fsrcnn.onnx"), content(folder + "resnet18.onnx")};
}

std::vector<std::string> record_seeds()
{
    return {kConvRecord + '\n' + kCopyRecord + '\n',
            content(std::string{kReferenceFolder} + "/evaluations/Edge_TPU_like__mccnn__m1_16x8_lpf6.jsonl.gz")};
}

std::vector<std::string> npy_seeds()
{
    const std::string head = "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }";
    std::string file{"\x93NUMPY\x01\x00", 8};
    file += static_cast<char>(head.size() + 1);
    file += '\0';
    return {file + head + '\n' + "abcdef"};
}

}  // namespace plumbline::test
