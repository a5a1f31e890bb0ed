# SPDX-License-Identifier: Apache-2.0
"""Writes the ONNX files that the tests of the reader read, a node type or attribute each.

    python3 make_models.py FOLDER

Weights are zeros: a reader of shapes does not look at them.
"""

import sys
from pathlib import Path

import numpy
from onnx import TensorProto, helper

FLOAT, INT8, UINT8, INT16, INT32, INT64, BOOL = (
    TensorProto.FLOAT, TensorProto.INT8, TensorProto.UINT8, TensorProto.INT16, TensorProto.INT32, TensorProto.INT64, TensorProto.BOOL)
TYPES = {FLOAT: numpy.float32, INT8: numpy.int8, UINT8: numpy.uint8, INT16: numpy.int16, INT32: numpy.int32, INT64: numpy.int64, BOOL: numpy.bool_}
MODELS = {}


def zeros(name, shape, kind=FLOAT):
    return helper.make_tensor(name, kind, shape, numpy.zeros(shape, TYPES[kind]).tobytes(), raw=True)


def integers(name, values):
    return helper.make_tensor(name, INT64, [len(values)], values)


def node(kind, inputs, outputs="y", name=None, **attributes):
    """A node called like its first output, lest it says otherwise; inputs and outputs are separated by spaces, '-' is none."""
    names = [["" if each == "-" else each for each in text.split()] for text in (inputs, outputs)]
    return helper.make_node(kind, *names, name=names[1][0] + "_node" if name is None else name, **attributes)


def tensors(infos, kind=FLOAT):
    """Of names with shapes; a shape with a type is a pair."""
    return [helper.make_tensor_value_info(name, *(info if isinstance(info, tuple) else (kind, info))) for name, info in infos.items()]


def add(name, nodes, inputs=None, weights=None, outputs="y", opset=13, constants=(), infos=None):
    """A model of float inputs and weights by their shapes."""
    held = [zeros(key, *(value if isinstance(value, tuple) else (value,))) for key, value in (weights or {}).items()]
    results = [helper.make_tensor_value_info(each, FLOAT, None) for each in outputs.split()]
    graph = helper.make_graph(nodes, name, tensors(inputs or {"x": [1, 3, 8, 10]}), results, held + list(constants),
                              value_info=tensors(infos or {}))
    MODELS[name] = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)


def convolutions():
    def conv(name, weights, channels=3, size=(8, 10), **attributes):
        add(name, [node("Conv", "x w", **attributes)], {"x": [1, channels, *size]}, {"w": weights})

    conv("conv", [4, 3, 3, 3])
    conv("conv_pads", [4, 3, 3, 3], pads=[1, 0, 2, 3], strides=[2, 1])
    conv("conv_dilations", [4, 3, 3, 3], dilations=[2, 3])
    conv("conv_groups", [6, 2, 3, 3], 4, group=2)
    conv("conv_depthwise", [4, 1, 3, 3], 4, group=4)
    conv("conv_multiplier", [8, 1, 3, 3], 4, group=4)
    conv("conv_same_upper", [4, 3, 4, 3], auto_pad="SAME_UPPER", strides=[1, 2])
    conv("conv_same_lower", [4, 3, 4, 3], auto_pad="SAME_LOWER", strides=[1, 2])
    conv("conv_valid", [4, 3, 3, 3], auto_pad="VALID", strides=[2, 2])
    conv("conv_1d", [4, 3, 5], size=(20,), pads=[2, 0], strides=[2])
    conv("conv_1x1_stride", [4, 3, 1, 1], strides=[2, 2])
    conv("conv_whole_map", [4, 3, 8, 10])
    conv("conv_3d", [4, 3, 3, 3, 3], size=(8, 8, 8))
    conv("conv_too_large", [4, 3, 9, 3])
    conv("conv_wrong_channels", [4, 5, 3, 3])
    conv("conv_flat_weights", [4, 3, 3])
    conv("conv_no_weights", [0, 3, 3, 3])
    add("conv_bias", [node("Conv", "x w b")], weights={"w": [4, 3, 3, 3], "b": [4]})
    add("conv_computed_weights", [node("Conv", "x w")], {"x": [1, 3, 8, 10], "w": [4, 3, 3, 3]})
    add("conv_opset_7", [node("Conv", "x w")], weights={"w": [4, 3, 3, 3]}, opset=7)
    add("conv_opset_17", [node("Conv", "x w")], weights={"w": [4, 3, 3, 3]}, opset=17)


def transposed_convolutions():
    def transposed(name, weights, size=(8, 10), **attributes):
        """Made for the network's output, and for a convolution of one pixel."""
        add(name, [node("ConvTranspose", "x w", **attributes)], {"x": [1, 3, *size]}, {"w": weights})
        pixel = [1, weights[1] * attributes.get("group", 1), *[1 for _ in size]]
        add(name + "_read", [node("ConvTranspose", "x w", "t", **attributes), node("Conv", "t v")], {"x": [1, 3, *size]},
            {"w": weights, "v": pixel})

    transposed("transposed", [3, 4, 3, 3])
    transposed("transposed_strides", [3, 4, 3, 3], strides=[2, 3], pads=[1, 0, 1, 0], output_padding=[1, 0])
    transposed("transposed_2x2", [3, 4, 2, 2], strides=[2, 2])
    transposed("transposed_2x2_pads", [3, 4, 2, 2], strides=[2, 2], pads=[1, 1, 1, 1])
    transposed("transposed_1d", [3, 4, 3], (20,), strides=[2], pads=[1, 1])
    transposed("transposed_cut", [3, 4, 3, 3], strides=[2, 2], pads=[3, 3, 3, 3])
    transposed("transposed_shape", [3, 4, 3, 3], strides=[2, 2], output_shape=[15, 20])
    transposed("transposed_same_upper", [3, 4, 4, 3], strides=[2, 2], auto_pad="SAME_UPPER")
    transposed("transposed_same_lower", [3, 4, 4, 3], strides=[2, 2], auto_pad="SAME_LOWER")
    transposed("transposed_groups", [3, 2, 3, 3], group=3, dilations=[2, 1])
    transposed("transposed_strides_and_groups", [3, 2, 4, 4], group=3, strides=[2, 2], pads=[1, 1, 1, 1])
    transposed("transposed_dilated_strides", [3, 4, 3, 3], strides=[2, 2], dilations=[2, 1])
    # Windows, stride, what is cut off before and behind, outputs more.
    for size, stride, before, behind, more in ((9, 3, 4, 4, 2), (9, 3, 3, 3, 0), (4, 2, 1, 1, 0), (3, 2, 1, 1, 1), (2, 3, 0, 0, 0),
                                               (5, 2, 4, 0, 0), (3, 2, 3, 3, 0), (5, 4, 6, 1, 3), (7, 5, 9, 12, 0)):
        transposed(f"transposed_{size}_{stride}_{before}_{behind}_{more}", [3, 4, size], (20,), strides=[stride], pads=[before, behind],
                   output_padding=[more])
    values = [node("ConvTranspose", "x w", "t", strides=[2, 2], pads=[1, 1, 1, 1]), node("PRelu", "t s", "p"), node("Clip", "p", "q"),
              node("Cast", "q", to=UINT8)]
    add("transposed_3x3_relu", [values[0], node("Relu", "t")], {"x": [1, 3, 8, 10]}, {"w": [3, 4, 3, 3]})
    add("transposed_3x3_slopes", values, {"x": [1, 3, 8, 10]}, {"w": [3, 4, 3, 3], "s": [4, 1, 1]})
    add("transposed_4x4_slopes", [node("ConvTranspose", "x w", "t", strides=[2, 2]), *values[1:]], {"x": [1, 3, 8, 10]},
        {"w": [3, 4, 4, 4], "s": [4, 1, 1]})
    add("transposed_4x4_bias_read", [node("ConvTranspose", "x w", "t", strides=[2, 2], pads=[1, 1, 1, 1]), node("Add", "t b", "a"),
                                     node("Conv", "a v")],
        {"x": [1, 3, 8, 10]}, {"w": [3, 4, 4, 4], "b": [4, 1, 1], "v": [1, 4, 1, 1]})
    up = node("ConvTranspose", "x w", "t", strides=[2, 2])
    maps = {"x": [1, 8, 4, 6], "z": [1, 4, 8, 12]}
    add("unet_decoder", [up, node("Concat", "z t", "c", axis=1), node("Conv", "c v", pads=[1, 1, 1, 1])], maps,
        {"w": [8, 4, 2, 2], "v": [4, 8, 3, 3]})
    add("transposed_add", [up, node("Add", "t z")], maps, {"w": [8, 4, 2, 2]})
    cut = {"strides": [2, 2], "pads": [1, 1, 1, 1]}
    add("transposed_twice", [node("ConvTranspose", "x w", "t", **cut), node("Transpose", "t", "u", perm=[0, 2, 3, 1]),
                             node("Softmax", "u", axis=3)], {"x": [1, 8, 4, 6]}, {"w": [8, 4, 4, 4]})
    add("generator", [node("ConvTranspose", "x u", "a"), node("Relu", "a", "b"), node("ConvTranspose", "b v", "c", **cut),
                      node("Relu", "c", "d"), node("ConvTranspose", "d w", "e", **cut), node("Tanh", "e")],
        {"x": [1, 8, 1, 1]}, {"u": [8, 6, 4, 4], "v": [6, 5, 4, 4], "w": [5, 3, 4, 4]})
    transposed("transposed_channels", [5, 4, 3, 3])
    transposed("transposed_negative", [3, 4, 3, 3], output_padding=[-1, 0])
    add("transposed_computed", [node("ConvTranspose", "x w")], {"x": [1, 3, 8, 10], "w": [3, 4, 3, 3]})


def poolings():
    def pool(name, kind, size=(8, 10), **attributes):
        add(name, [node(kind, "x", **attributes)], {"x": [1, 3, *size]})

    pool("max_pool", "MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    pool("max_pool_ceil", "MaxPool", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)
    pool("max_pool_floor", "MaxPool", kernel_shape=[3, 3], strides=[2, 2])
    pool("max_pool_dilations", "MaxPool", kernel_shape=[2, 2], dilations=[3, 2])
    pool("average_pool", "AveragePool", kernel_shape=[2, 2], pads=[1, 0, 0, 1], count_include_pad=1)
    pool("average_pool_1d", "AveragePool", (20,), kernel_shape=[4], strides=[4])
    pool("global_average_pool", "GlobalAveragePool")
    pool("global_max_pool", "GlobalMaxPool")
    pool("reduce_mean", "ReduceMean", axes=[2, 3])
    pool("reduce_mean_rows", "ReduceMean", axes=[-2], keepdims=0)
    add("reduce_mean_tokens", [node("MatMul", "x w", "c"), node("ReduceMean", "c", axes=[1], keepdims=0)], {"x": [1, 7, 16]}, {"w": [16, 10]})
    add("reduce_mean_flattened", [node("Conv", "x w", "c"), node("Reshape", "c r", "d"), node("ReduceMean", "d", axes=[2])],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("r", [1, 4, 48])])
    pool("reduce_mean_channels", "ReduceMean", axes=[1])
    add("spatial_attention",
        [node("Conv", "x w", "c"), node("ReduceMean", "c", "m", axes=[1]), node("ReduceMax", "c", "n", axes=[1]), node("Concat", "m n", "a", axis=1),
         node("Conv", "a v", "s", pads=[3, 3, 3, 3]), node("Sigmoid", "s", "t"), node("Mul", "c t")],
        weights={"w": [4, 3, 3, 3], "v": [1, 2, 7, 7]})
    add("reduce_max_dropped", [node("MatMul", "x w", "c"), node("ReduceMax", "c", axes=[-1], keepdims=0)], {"x": [1, 7, 16]}, {"w": [16, 10]})
    pool("lp_pool", "LpPool", kernel_shape=[2, 2])
    add("max_pool_indices", [node("MaxPool", "x", "a i", kernel_shape=[2, 2]), node("Cast", "i", to=FLOAT)])


def products():
    def product(name, kind, x, w, **attributes):
        add(name, [node(kind, "x w", **attributes)], {"x": x}, {"w": w})

    product("gemm", "Gemm", [1, 16], [16, 10])
    product("gemm_trans_b", "Gemm", [4, 16], [10, 16], transB=1)
    product("gemm_trans_a", "Gemm", [16, 4], [16, 10], transA=1)
    product("gemm_wrong", "Gemm", [1, 16], [15, 10])
    product("mat_mul", "MatMul", [1, 16], [16, 10])
    product("mat_mul_tokens", "MatMul", [2, 7, 16], [16, 32])
    product("mat_mul_of_matrices", "MatMul", [2, 7, 16], [2, 16, 32])
    add("mat_mul_by_head",
        [node("MatMul", "x q", "a"), node("Reshape", "a r", "b"), node("Transpose", "b", "c", perm=[0, 2, 1, 3]), node("MatMul", "c v")],
        {"x": [1, 7, 16]}, {"q": [16, 16], "v": [2, 8, 6]}, constants=[integers("r", [1, 7, 2, 8])])
    product("mat_mul_of_other_matrices", "MatMul", [1, 7, 16], [2, 16, 32])
    add("mat_mul_first_constant", [node("MatMul", "w x")], {"x": [1, 16, 7]}, {"w": [32, 16]})
    add("mat_mul_computed", [node("MatMul", "a b")], {"a": [2, 4, 5, 8], "b": [2, 4, 8, 6]})
    add("flatten_gemm",
        [node("Conv", "x w", "c"), node("Flatten", "c", "f"), node("Gemm", "f v", transB=1)],
        weights={"w": [4, 3, 3, 3], "v": [10, 4 * 6 * 8]})
    add("mat_mul_attention",
        [node("MatMul", "x q", "a"), node("MatMul", "x k", "b"), node("Transpose", "b", "t", perm=[0, 2, 1]), node("MatMul", "a t")],
        {"x": [1, 7, 16]}, {"q": [16, 16], "k": [16, 16]})
    add("mat_mul_over_columns",
        [node("Conv", "x w", "c"), node("MatMul", "c v")], weights={"w": [4, 3, 3, 3], "v": [8, 5]})
    heads = [node("MatMul", "x q", "a"), node("MatMul", "x k", "b"), node("MatMul", "x v", "c"),
             node("Reshape", "a r", "d"), node("Reshape", "b r", "e"), node("Reshape", "c r", "f"),
             node("Transpose", "d", "g", perm=[0, 2, 1, 3]), node("Transpose", "e", "h", perm=[0, 2, 3, 1]),
             node("Transpose", "f", "i", perm=[0, 2, 1, 3]), node("MatMul", "g h", "s")]
    weighted = [node("Softmax", "t", "p", axis=-1), node("MatMul", "p i", "o"), node("Transpose", "o", "u", perm=[0, 2, 1, 3]),
                node("Reshape", "u l", "m"), node("MatMul", "m w", "y")]
    sixteen = {each: [16, 16] for each in "qkvw"}
    shapes = [integers("r", [1, 7, 2, 8]), integers("l", [1, 7, 16])]
    add("attention_heads", [*heads, node("Identity", "s", "t"), *weighted], {"x": [1, 7, 16]}, sixteen, constants=shapes)
    add("attention_masked", [*heads, node("Add", "s n", "t"), *weighted], {"x": [1, 7, 16]}, {**sixteen, "n": [1, 1, 7, 7]}, constants=shapes)
    add("attention_where", [*heads, node("Where", "n s z", "t"), *weighted], {"x": [1, 7, 16]}, {**sixteen, "n": ([1, 1, 7, 7], BOOL), "z": []},
        constants=shapes)
    add("attention_of_a_map",
        [node("Conv", "x a", "c"), node("Conv", "x b", "d"), node("Reshape", "c r", "e"), node("Reshape", "d r", "f"),
         node("Transpose", "e", "g", perm=[0, 2, 1]), node("MatMul", "g f")],
        weights={"a": [4, 3, 3, 3], "b": [4, 3, 3, 3]}, constants=[integers("r", [1, 4, 48])])
    add("attention_in_one_product",
        [node("MatMul", "x q", "a"), node("Reshape", "a r", "b"), node("Transpose", "b", "c", perm=[2, 0, 3, 1, 4]),
         node("Gather", "c i", "d", axis=0), node("Gather", "c j", "e", axis=0), node("Transpose", "e", "f", perm=[0, 1, 3, 2]),
         node("MatMul", "d f")],
        {"x": [1, 7, 16]}, {"q": [16, 48]},
        constants=[integers("r", [1, 7, 3, 2, 8]), helper.make_tensor("i", INT64, [], [0]), helper.make_tensor("j", INT64, [], [-2])])
    add("gemm_computed_c", [node("Gemm", "x w c")], {"x": [1, 16], "c": [1, 10]}, {"w": [16, 10]})


def elementwise():
    stem = node("Conv", "x w", "c", pads=[1, 1, 1, 1])
    for kind in ("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean"):
        add("join_" + kind.lower(), [stem, node(kind, "c x")], {"x": [1, 4, 8, 10]}, {"w": [4, 4, 3, 3]})
    for kind in ("Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Mod"):
        add("join_" + kind.lower(), [stem, node(kind, "c x", **({"fmod": 1} if kind == "Mod" else {}))], {"x": [1, 4, 8, 10]}, {"w": [4, 4, 3, 3]})
    signs = [node("Greater", "c k", "g"), node("Greater", "x k", "h")]
    for kind in ("And", "Or", "Xor"):
        add("join_" + kind.lower(), [stem, *signs, node(kind, "g h")], {"x": [1, 4, 8, 10]}, {"w": [4, 4, 3, 3], "k": []})
    add("join_bitshift", [stem, node("Cast", "c", "g", to=UINT8), node("Cast", "x", "h", to=UINT8), node("BitShift", "g h", direction="LEFT")],
        {"x": [1, 4, 8, 10]}, {"w": [4, 4, 3, 3]})
    add("compare_with_constants", [stem, node("Less", "c b", "d"), node("Where", "d c e")], weights={"w": [4, 3, 3, 3], "b": [4, 1, 1], "e": []})
    add("squeeze_excite",
        [stem, node("GlobalAveragePool", "c", "g"), node("Conv", "g v", "s"), node("Sigmoid", "s", "t"), node("Mul", "c t")],
        weights={"w": [4, 3, 3, 3], "v": [4, 4, 1, 1]})
    add("add_channel_constants", [stem, node("Add", "c b", "d"), node("Mul", "e d")], weights={"w": [4, 3, 3, 3], "b": [4, 1, 1], "e": []})
    add("add_row_constants", [stem, node("Add", "c b")], weights={"w": [4, 3, 3, 3], "b": [8, 10]})
    add("silu", [stem, node("Sigmoid", "c", "s"), node("Mul", "c s")], weights={"w": [4, 3, 3, 3]})
    add("add_positions", [node("MatMul", "x w", "c"), node("Add", "c p", "d"), node("MatMul", "d v")],
        {"x": [1, 7, 16]}, {"w": [16, 16], "p": [1, 7, 16], "v": [16, 4]})
    add("add_positions_to_input", [node("Add", "x p", "d"), node("MatMul", "d v")], {"x": [1, 7, 16]}, {"p": [1, 7, 16], "v": [16, 4]})
    add("where_channels", [stem, node("Where", "k c b")], weights={"w": [4, 3, 3, 3], "k": ([4, 1, 1], BOOL), "b": []})
    add("sum_of_three", [node("Conv", "x w", "c"), node("Conv", "x w", "d"), node("Conv", "x w", "e"), node("Sum", "c d e")],
        weights={"w": [4, 3, 3, 3]})
    add("maximum_with_vector_first", [node("Conv", "x w", "c"), node("GlobalAveragePool", "c", "g"), node("Relu", "c", "r"), node("Conv", "x w", "d"),
                                      node("Max", "g r d")], weights={"w": [4, 3, 3, 3]})
    add("sum_of_rows_columns_and_channels", [node("Conv", "x w", "c"), node("ReduceMean", "c", "r", axes=[3]), node("ReduceMean", "c", "s", axes=[2]),
                                             node("GlobalAveragePool", "c", "g"), node("Sum", "r s g")], weights={"w": [4, 3, 3, 3]})
    add("choice_between_maps", [node("Conv", "x w", "c"), node("Conv", "x w", "d"), node("Greater", "c d", "m"), node("Where", "m c d")],
        weights={"w": [4, 3, 3, 3]})
    add("add_vectors", [node("Gemm", "x w", "a"), node("Gemm", "x w", "b"), node("Add", "a b")], {"x": [1, 16]}, {"w": [16, 10]})
    add("add_transposed", [node("Conv", "x w", "c"), node("Transpose", "c", "t", perm=[0, 1, 3, 2]), node("Add", "c t")],
        {"x": [1, 3, 8, 8]}, {"w": [4, 3, 3, 3]})


def concatenations():
    def joined(name, nodes, x=(1, 3, 6, 8), **weights):
        """Convolutions of one pixel, a, b, …, each of as many channels as its weights say."""
        convs = [node("Conv", f"x w{each}", each) for each in weights]
        add(name, convs + nodes, {"x": list(x)}, {f"w{each}": [channels, x[1], 1, 1] for each, channels in weights.items()})

    joined("concat", [node("Concat", "a b", axis=1)], a=4, b=2)
    joined("concat_negative_axis", [node("Concat", "a b", axis=-3)], a=4, b=2)
    joined("concat_four", [node("Concat", "a b c d", axis=1)], a=8, b=1, c=1, d=4)
    joined("concat_twice_the_same", [node("Concat", "a a", axis=1)], a=4)
    joined("concat_one", [node("Concat", "a", axis=1)], a=4)
    joined("concat_behind_activations", [node("Relu", "a", "r"), node("Concat", "r b", axis=1)], a=4, b=2)
    joined("concat_batch", [node("Concat", "a b", axis=0)], a=4, b=4)
    joined("concat_rows", [node("Concat", "a b", axis=2)], a=4, b=4)
    joined("concat_transposed", [node("Transpose", "b", "t", perm=[0, 1, 3, 2]), node("Concat", "a t", axis=1)], (1, 3, 6, 6), a=4, b=4)
    joined("concat_columns", [node("Concat", "a b", axis=3)], a=4, b=4)
    add("concat_class_token", [node("MatMul", "x w", "a"), node("Concat", "t a", axis=1)], {"x": [1, 7, 16]}, {"w": [16, 8], "t": [1, 1, 8]})
    joined("concat_padded", [node("Pad", "a p", "q"), node("Pad", "b p", "r"), node("Concat", "q r", axis=1)], a=4, b=4)
    MODELS["concat_padded"].graph.initializer.append(integers("p", [0, 0, 1, 1, 0, 0, 1, 1]))
    add("concat_constant", [node("Conv", "x w", "c"), node("Concat", "c k", axis=1)], weights={"w": [4, 3, 3, 3], "k": [1, 2, 6, 8]})
    add("concat_inputs", [node("Concat", "x z", "c", axis=1), node("Conv", "c w")], {"x": [1, 3, 6, 8], "z": [1, 1, 6, 8]},
        {"w": [4, 4, 1, 1]})
    add("concat_nhwc", [node("Transpose", "x", "t", perm=[0, 2, 3, 1]), node("Conv", "x w", "c"),
                        node("Transpose", "c", "u", perm=[0, 2, 3, 1]), node("Concat", "t u", axis=3)],
        {"x": [1, 3, 6, 8]}, {"w": [4, 3, 1, 1]})
    add("concat_tokens", [node("MatMul", "x w", "a"), node("MatMul", "x v", "b"), node("Concat", "a b", axis=2)],
        {"x": [1, 7, 16]}, {"w": [16, 8], "v": [16, 4]})
    add("add_inputs", [node("Add", "x z", "c"), node("Conv", "c w")], {"x": [1, 3, 6, 8], "z": [1, 3, 6, 8]}, {"w": [4, 3, 1, 1]})


def parts_of_maps():
    def behind_conv(name, nodes, opset=13, inputs=None, outputs="y", **held):
        """Of a map c of 4 channels, 6 rows and 8 columns. Lists are constants, other shapes weights."""
        weights = {key: value for key, value in held.items() if isinstance(value, tuple)}
        add(name, [node("Conv", "x w", "c"), *nodes], inputs, {"w": [4, 3, 3, 3], **{key: list(value) for key, value in weights.items()}},
            outputs, opset, [integers(key, value) for key, value in held.items() if isinstance(value, list)])

    def slice_of(name, axis, begin, end, nodes, **held):
        behind_conv(name, [node("Slice", "c b e a", "s"), *nodes], b=[begin], e=[end], a=[axis], **held)

    conv = node("Conv", "s v")
    slice_of("slice_rows", 2, 1, 5, [conv], v=(5, 4, 3, 3))
    slice_of("slice_columns_from_the_end", -1, -3, 1 << 62, [conv], v=(5, 4, 1, 1))
    slice_of("slice_under_relu", 2, 1, 5, [node("Sigmoid", "s", "r"), node("Conv", "r v")], v=(5, 4, 3, 3))
    slice_of("slice_under_padding", 2, 1, 5, [node("Conv", "s v", pads=[1, 1, 1, 1])], v=(5, 4, 3, 3))
    slice_of("slice_at_the_edge_under_padding", 2, 0, 5, [node("Conv", "s v", pads=[1, 1, 0, 1])], v=(5, 4, 3, 3))
    slice_of("slice_under_pooling", 3, 2, 7, [node("MaxPool", "s", kernel_shape=[2, 2], strides=[2, 2])])
    slice_of("slice_under_mean", 3, 2, 7, [node("GlobalAveragePool", "s")])
    slice_of("slice_channels", 1, 1, 3, [conv], v=(5, 2, 1, 1))
    slice_of("slice_everything", 2, 0, 6, [conv], v=(5, 4, 3, 3))
    slice_of("slice_last", 1, 1, 3, [node("Relu", "s")])
    slice_of("slice_twice", 2, 1, 6, [node("Slice", "s m n a", "t"), node("Conv", "t v")], m=[1], n=[3], v=(5, 4, 1, 1))
    slice_of("slice_then_pad", 2, 1, 5, [node("Pad", "s p", "t"), node("Conv", "t v")], p=[0, 0, 1, 0, 0, 0, 0, 0], v=(5, 4, 3, 3))
    slice_of("slice_empty", 2, 5, 5, [conv], v=(5, 4, 1, 1))
    behind_conv("slice_both", [node("Slice", "c b e a", "s"), node("GlobalMaxPool", "s")], b=[1, 2], e=[3, 6], a=[1, 3])
    behind_conv("pad_then_slice", [node("Pad", "c p", "q"), node("Slice", "q b e a", "s"), conv],
                p=[0, 0, 2, 0, 0, 0, 0, 0], b=[1], e=[8], a=[2], v=(5, 4, 3, 3))
    behind_conv("slice_opset_9", [node("Slice", "c", "s", starts=[1], ends=[5], axes=[2]), conv], 9, v=(5, 4, 3, 3))
    behind_conv("slice_steps", [node("Slice", "c b e a t", "s"), conv], b=[1], e=[6], a=[2], t=[2], v=(5, 4, 1, 1))
    behind_conv("slice_backwards", [node("Slice", "c b e a t", "s"), conv], b=[6], e=[0], a=[2], t=[-1], v=(5, 4, 1, 1))
    behind_conv("slice_channels_between", [node("Slice", "c b e a t", "s"), conv], b=[0], e=[4], a=[1], t=[2], v=(5, 2, 1, 1))
    behind_conv("slice_steps_twice", [node("Slice", "c b e a t", "s"), node("Slice", "s b m a", "u"), node("Conv", "u v")],
                b=[1], e=[5], m=[2], a=[3], t=[3], v=(5, 4, 1, 1))
    steps_of_maps()
    behind_conv("slice_batch", [node("Slice", "c b e a", "s"), conv], inputs={"x": [2, 3, 8, 10]}, b=[0], e=[1], a=[0], v=(5, 4, 1, 1))
    behind_conv("split", [node("Split", "c n", "s t", axis=1), node("Conv", "s v", "p"), node("Conv", "t u", "q"), node("Add", "p q")],
                n=[1, 3], v=(5, 1, 1, 1), u=(5, 3, 1, 1))
    behind_conv("split_opset_11", [node("Split", "c", "s t", axis=1), node("Add", "s t")], 11)
    behind_conv("split_silu", [node("Split", "c", "s t", axis=1), node("Sigmoid", "s", "g"), node("Mul", "s g", "h"), node("Conv", "h v")],
                v=(5, 2, 1, 1))
    behind_conv("split_concat", [node("Split", "c n", "s t", axis=1), node("Conv", "x v", "d"), node("Concat", "t d", axis=1)],
                n=[1, 3], v=(2, 3, 3, 3))
    behind_conv("split_concat_first", [node("Split", "c n", "s t", axis=1), node("Conv", "x v", "d"), node("Concat", "s d", axis=1)],
                n=[1, 3], v=(2, 3, 3, 3))
    one = helper.make_tensor("i", INT64, [], [1])
    behind_conv("gather_channel", [node("Gather", "c i", axis=1)], i=[2])
    behind_conv("gather_rows", [node("Gather", "c i", "s", axis=2), conv], i=[1, 2, 3], v=(5, 4, 1, 1))
    behind_conv("gather_scattered", [node("Gather", "c i", "s", axis=2), conv], i=[1, 3], v=(5, 4, 1, 1))
    behind_conv("gather_beyond", [node("Gather", "c i", "s", axis=2), conv], i=[6], v=(5, 4, 1, 1))
    add("gather_token", [node("MatMul", "x w", "c"), node("Gather", "c i", "s", axis=1), node("Gemm", "s v")],
        {"x": [1, 7, 16]}, {"w": [16, 8], "v": [8, 3]}, constants=[one])
    add("gather_embedding", [node("Gather", "e x", "c"), node("MatMul", "c w")], {"x": (INT64, [1, 7])}, {"e": [1000, 16], "w": [16, 8]})
    behind_conv("split_rows", [node("Split", "c", "s t", axis=2), conv, node("Relu", "t", "z")], outputs="y z", v=(5, 4, 3, 3))


def normalisations():
    def of_products(name, nodes, opset=13, outputs="y", **weights):
        add(name, [node("MatMul", "x w", "c"), *nodes], {"x": [1, 7, 16]}, {"w": [16, 10], **weights}, outputs, opset)

    of_products("softmax", [node("Softmax", "c", axis=-1)])
    of_products("log_softmax", [node("LogSoftmax", "c")])
    of_products("softmax_opset_11", [node("Softmax", "c", axis=2)], 11)
    of_products("softmax_tokens", [node("Softmax", "c", axis=1)])
    of_products("softmax_map_opset_11", [node("Softmax", "c")], 11)
    of_products("layer_normalization", [node("LayerNormalization", "c s b")], 17, s=[10], b=[10])
    of_products("layer_normalization_of_all", [node("LayerNormalization", "c s b", axis=1)], 17, s=[7, 10], b=[7, 10])
    squares = [node("Pow", "d t", "q"), node("ReduceMean", "q", "v", axes=[-1]), node("Add", "v e", "f"), node("Sqrt", "f", "r")]
    mean = [node("ReduceMean", "c", "m", axes=[-1]), node("Sub", "c m", "d")]
    of_products("layer_normalization_of_nodes", [*mean, *squares, node("Div", "d r"), ], t=[], e=[])
    of_products("layer_normalization_of_two_differences", [*mean, node("Sub", "c m", "g"), node("Mul", "g g", "q"), *squares[1:], node("Div", "d r")], e=[])
    of_products("layer_normalization_scaled", [*mean, *squares, node("Div", "d r", "n"), node("Mul", "n s", "o"), node("Add", "o b")],
                t=[], e=[], s=[10], b=[10])
    of_products("root_mean_square", [node("Identity", "c", "d"), *squares, node("Div", "d r")], t=[], e=[])
    of_products("mean_read_by_others", [*mean, *squares, node("Div", "d r"), node("Relu", "m", "z")], outputs="y z", t=[], e=[])
    add("layer_normalization_of_channels",
        [node("Conv", "x w", "c"), node("ReduceMean", "c", "m", axes=[1]), node("Sub", "c m", "d"), node("Pow", "d t", "q"),
         node("ReduceMean", "q", "v", axes=[1]), node("Add", "v e", "f"), node("Sqrt", "f", "r"), node("Div", "d r")],
        weights={"w": [4, 3, 3, 3], "t": [], "e": []})
    for name, rows in (("instance_normalization_of_nodes", [2, 3]),):
        add(name, [node("Conv", "x w", "c"), node("ReduceMean", "c", "m", axes=rows), node("Sub", "c m", "d"), node("Pow", "d t", "q"),
                   node("ReduceMean", "q", "v", axes=rows), node("Add", "v e", "f"), node("Sqrt", "f", "r"), node("Div", "d r")],
            weights={"w": [4, 3, 3, 3], "t": [], "e": []})
    add("layer_normalization_of_input", [node("LayerNormalization", "x s b", "n"), node("MatMul", "n w")],
        {"x": [1, 7, 16]}, {"s": [16], "b": [16], "w": [16, 10]}, opset=17)
    add("softmax_of_input", [node("Softmax", "x", axis=-1)], {"x": [1, 3, 7, 5]})
    add("softmax_heads", [node("MatMul", "x q", "c"), node("Reshape", "c r", "d"), node("Transpose", "d", "t", perm=[0, 2, 1, 3]),
                          node("Softmax", "t")],
        {"x": [1, 7, 16]}, {"q": [16, 12]}, constants=[integers("r", [1, 7, 3, 4])])


def free_nodes():
    def behind_conv(name, nodes, opset=13, constants=(), **weights):
        add(name, [node("Conv", "x w", "c"), *nodes], weights={"w": [4, 3, 3, 3], **weights}, opset=opset, constants=constants)

    for kind in ("Abs", "Ceil", "Celu", "Clip", "Dropout", "Elu", "Erf", "Exp", "Floor", "HardSigmoid", "HardSwish", "Identity",
                 "LeakyRelu", "Log", "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Softplus", "Softsign",
                 "Sqrt", "Tanh", "ThresholdedRelu"):
        behind_conv("free_" + kind.lower(), [node(kind, "c")], 14)
    for kind in ("Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cos", "Cosh", "IsInf", "IsNaN", "Shrink", "Sin", "Sinh", "Tan"):
        behind_conv("free_" + kind.lower(), [node(kind, "c")], 14)
    behind_conv("free_castlike", [node("CastLike", "c x")], 15)
    behind_conv("free_not", [node("Cast", "c", "b", to=BOOL), node("Not", "b")])
    for kind, inputs, attributes in (("Gelu", "c", {}), ("FastGelu", "c", {}), ("QuickGelu", "c", {"alpha": 1.702}), ("BiasGelu", "c b", {})):
        behind_conv("free_" + kind.lower(), [node(kind, inputs, domain="com.microsoft", **attributes)], b=[8])
    for kind in ("FastGelu", "BiasGelu"):
        add(f"{kind.lower()}_of_tokens", [node("MatMul", "x w", "c"), node(kind, "c b", domain="com.microsoft")],
            {"x": [1, 7, 16]}, {"w": [16, 10], "b": [10]})
    add("fast_gelu_of_two", [node("MatMul", "x w", "c"), node("FastGelu", "c b", domain="com.microsoft")], {"x": [1, 7, 16], "b": [10]}, {"w": [16, 10]})
    behind_conv("free_batch_normalization", [node("BatchNormalization", "c s b m v")], s=[4], b=[4], m=[4], v=[4])
    behind_conv("free_p_relu", [node("PRelu", "c s")], s=[4, 1, 1])
    behind_conv("free_pow", [node("Pow", "c s")], s=[])
    behind_conv("free_constant", [node("Constant", "", "k", value=zeros("", [1, 4, 1, 1])), node("Add", "c k")])
    behind_conv("free_squeeze", [node("GlobalAveragePool", "c", "g"), node("Squeeze", "g a", "s"), node("Unsqueeze", "s b", "u"),
                                 node("Reshape", "u r")],
                constants=[integers("a", [2, 3]), integers("b", [1]), integers("r", [0, -1])])
    behind_conv("view_nhwc", [node("Transpose", "c", "t", perm=[0, 2, 3, 1]), node("Relu", "t", "r"),
                              node("Transpose", "r", "b", perm=[0, 3, 1, 2]), node("Conv", "b v")], v=[5, 4, 1, 1])
    behind_conv("view_tokens", [node("Reshape", "c r", "t"), node("Transpose", "t", "p", perm=[0, 2, 1]), node("MatMul", "p v")],
                constants=[integers("r", [1, 4, 48])], v=[4, 9])
    behind_conv("view_columns_as_channels", [node("Transpose", "c", "t", perm=[0, 3, 2, 1]), node("Conv", "t v")], v=[5, 8, 1, 1])
    behind_conv("view_mixing", [node("Reshape", "c r")], constants=[integers("r", [1, 64, 3])])
    behind_conv("view_shuffle", [node("Reshape", "c r", "a"), node("Transpose", "a", "t", perm=[0, 2, 1, 3, 4]),
                                 node("Reshape", "t s", "b"), node("Conv", "b v")],
                constants=[integers("r", [1, 2, 2, 6, 8]), integers("s", [1, 4, 6, 8])], v=[5, 4, 1, 1])
    shuffle = [node("Reshape", "c r", "a"), node("Transpose", "a", "t", perm=[0, 2, 1, 3, 4]), node("Reshape", "t s", "b")]
    orders = [integers("r", [1, 2, 2, 6, 8]), integers("s", [1, 4, 6, 8])]
    behind_conv("shuffle_depthwise", [*shuffle, node("Conv", "b v", group=4)], constants=orders, v=[4, 1, 1, 1])
    behind_conv("shuffle_pool", [*shuffle, node("MaxPool", "b", kernel_shape=[2, 2])], constants=orders)
    behind_conv("shuffle_split", [*shuffle, node("Split", "b", "p q", axis=1), node("Conv", "p v", "m"), node("Concat", "q m", axis=1)],
                constants=orders, v=[2, 2, 1, 1])
    behind_conv("shuffle_add", [*shuffle, node("Add", "b c")], constants=orders)
    behind_conv("depth_to_space", [node("DepthToSpace", "c", blocksize=2)])
    behind_conv("depth_to_space_crd", [node("DepthToSpace", "c", blocksize=2, mode="CRD")])
    behind_conv("space_to_depth", [node("SpaceToDepth", "c", blocksize=2)])
    behind_conv("depth_to_space_inside", [node("DepthToSpace", "c", "d", blocksize=2), node("Conv", "d v")], v=[5, 1, 3, 3])
    behind_conv("pixel_shuffle_inside", [node("Reshape", "c r", "a"), node("Transpose", "a", "t", perm=[0, 1, 4, 2, 5, 3]),
                                         node("Reshape", "t s", "d"), node("Conv", "d v")],
                constants=[integers("r", [1, 1, 2, 2, 6, 8]), integers("s", [1, 1, 12, 16])], v=[5, 1, 3, 3])
    behind_conv("depth_to_space_pooled", [node("DepthToSpace", "c", "d", blocksize=2),
                                          node("MaxPool", "d", kernel_shape=[2, 2], strides=[2, 2])])
    behind_conv("depth_to_space_mean", [node("DepthToSpace", "c", "d", blocksize=2), node("GlobalAveragePool", "d")])
    behind_conv("depth_to_space_part", [node("DepthToSpace", "c", blocksize=3)])
    behind_conv("shape_arithmetic",
                [node("Shape", "c", "s"), node("Gather", "s i", "n", axis=0), node("Unsqueeze", "n z", "u"),
                 node("Concat", "u m", "k", axis=0), node("Reshape", "c k", "f"), node("Gemm", "f v")],
                constants=[helper.make_tensor("i", INT64, [], [0]), integers("z", [0]), integers("m", [-1])], v=[192, 10])
    pads = [0, 0, 1, 2, 0, 0, 3, 4]
    add("pad_conv", [node("Pad", "x p", "q"), node("Conv", "q w", pads=[1, 0, 0, 0])], weights={"w": [4, 3, 3, 3]}, constants=[integers("p", pads)])
    add("pad_attribute", [node("Pad", "x", "q", pads=pads), node("MaxPool", "q", kernel_shape=[2, 2])], opset=7)
    add("pad_reflect", [node("Pad", "x p", "q", mode="reflect"), node("Conv", "q w")], weights={"w": [4, 3, 3, 3]}, constants=[integers("p", pads)])
    add("pad_negative", [node("Pad", "x p", "q"), node("Conv", "q w")], weights={"w": [4, 3, 3, 3]},
        constants=[integers("p", [0, 0, -1, 0, 0, 0, 0, 0])])
    add("pad_channels", [node("Pad", "x p", "q"), node("Conv", "q w")], weights={"w": [4, 4, 3, 3]},
        constants=[integers("p", [0, 1, 0, 0, 0, 0, 0, 0])])
    add("pad_last", [node("Conv", "x w", "c"), node("Pad", "c p")], weights={"w": [4, 3, 3, 3]}, constants=[integers("p", pads)])
    behind_conv("dead_branch", [node("Resize", "c - - z", "r"), node("Relu", "c")], z=[4])
    add("only_relu", [node("Relu", "x")])


def foldings():
    """Sizes and amounts as torch.onnx computes them."""
    def scalar(name, value, kind=INT64):
        return helper.make_tensor(name, kind, [], [value])

    add("fold_padding",
        [node("ConstantOfShape", "n", "z"), node("Concat", "p z", "a", axis=0), node("Reshape", "a t", "b"),
         node("Slice", "b m e o m", "r"), node("Transpose", "r", "s", perm=[1, 0]), node("Reshape", "s m", "f"),
         node("Cast", "f", "g", to=INT64), node("Pad", "x g", "q"), node("Conv", "q w")],
        weights={"w": [4, 3, 3, 3]},
        constants=[integers("n", [4]), integers("p", [0, 1, 2, 0]), integers("t", [-1, 2]), integers("m", [-1]),
                   integers("e", [-(1 << 63) + 1]), integers("o", [0])], opset=11)
    sizes = []
    for axis in "hw":
        sizes += [node("Gather", f"s i{axis}", f"g{axis}", axis=0), node("Cast", f"g{axis}", f"f{axis}", to=FLOAT),
                  node("Mul", f"f{axis} t", f"m{axis}"), node("Floor", f"m{axis}", f"o{axis}"), node("Cast", f"o{axis}", f"c{axis}", to=INT64),
                  node("Unsqueeze", f"c{axis} z", f"u{axis}")]
    add("fold_resize",
        [node("Conv", "x w", "c"), node("Shape", "c", "s"), *sizes, node("Concat", "uh uw", "a", axis=0), node("Slice", "s z q", "b"),
         node("Concat", "b a", "d", axis=0),
         node("Resize", "c - - d", "r", mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
         node("Conv", "r v")], weights={"w": [4, 3, 3, 3], "v": [5, 4, 1, 1]},
        constants=[scalar("ih", 2), scalar("iw", 3), scalar("t", 2.0, FLOAT), integers("z", [0]), integers("q", [2])])
    add("fold_choice",
        [node("Conv", "x w", "c"), node("ConstantOfShape", "n", "a", value=integers("", [1])), node("Mul", "a m", "b"),
         node("Equal", "t b", "e"), node("Where", "e a t", "s"), node("Reshape", "c s", "d"), node("ReduceMean", "d", axes=[2])],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("n", [3]), integers("m", [-1]), integers("t", [-1, 4, 48])])
    add("fold_logic",
        [node("Conv", "x w", "c"), node("LessOrEqual", "m z", "a"), node("GreaterOrEqual", "m z", "b"), node("Not", "b", "d"),
         node("And", "a d", "e"), node("Where", "e m t", "s"), node("Reshape", "c s", "f"), node("ReduceMean", "f", axes=[2])],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("m", [1, 4, -1]), integers("z", [0]), integers("t", [1, 4, 48])])
    add("fold_product",
        [node("Conv", "x w", "c"), node("Shape", "c", "s"), node("Slice", "s b e", "a"), node("ReduceProd", "a", "p", axes=[0]),
         node("Concat", "h p", "t", axis=0), node("Reshape", "c t", "d"), node("ReduceMean", "d", axes=[2])],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("b", [2]), integers("e", [4]), integers("h", [1, 4])])
    add("fold_size", [node("Conv", "x w", "c"), node("Size", "c", "n"), node("Div", "n q", "p"), node("Concat", "h p", "t", axis=0),
                      node("Reshape", "c t", "d"), node("ReduceMean", "d", axes=[2])],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("q", [4]), integers("h", [1, 4])])


def quantised():
    scale = {"s": [], "z": ([], UINT8), "t": [], "v": ([], INT8), "u": [], "a": ([], UINT8)}
    add("q_linear_conv", [node("QLinearConv", "x s z w t v u a")], {"x": (UINT8, [1, 3, 8, 10])}, {"w": ([4, 3, 3, 3], INT8), **scale})
    add("q_linear_mat_mul", [node("QLinearMatMul", "x s z w t v u a")], {"x": (UINT8, [1, 16])}, {"w": ([16, 10], INT8), **scale})
    add("conv_integer", [node("ConvInteger", "x w")], {"x": (UINT8, [1, 3, 8, 10])}, {"w": ([4, 3, 3, 3], INT8)})
    add("conv_integer_rescaled", [node("ConvInteger", "x w", "c"), node("Cast", "c", "f", to=FLOAT), node("Mul", "f s")],
        {"x": (UINT8, [1, 3, 8, 10])}, {"w": ([4, 3, 3, 3], INT8), "s": []})
    add("mat_mul_integer", [node("MatMulInteger", "x w")], {"x": (UINT8, [1, 16])}, {"w": ([16, 10], INT8)})
    dynamic = node("DynamicQuantizeLinear", "x", "q p o")
    rescaled = [node("Cast", "c", "f", to=FLOAT), node("Mul", "p t", "m"), node("Mul", "f m", "n"), node("Add", "n b")]
    add("dynamic_mat_mul", [dynamic, node("MatMulInteger", "q w o v", "c"), *rescaled], {"x": [1, 7, 16]},
        {"w": ([16, 10], INT8), "t": [], "v": ([], INT8), "b": [10]})
    add("dynamic_conv", [dynamic, node("ConvInteger", "q w o v", "c", pads=[1, 1, 1, 1]), *rescaled],
        weights={"w": ([4, 3, 3, 3], INT8), "t": [], "v": ([], INT8), "b": [1, 4, 1, 1]})
    two = [node("QLinearConv", "x s z w t v u a", each) for each in "cd"]

    def of_runtime(name, nodes, x=([1, 3, 8, 10]), w=([4, 3, 3, 3]), **weights):
        """With nodes that ONNX Runtime has and ONNX has not."""
        add(name, nodes, {"x": (UINT8, list(x))}, {"w": (list(w), INT8), **scale, **weights})

    def runtime(kind, *args, **attributes):
        return node(kind, *args, domain="com.microsoft", **attributes)

    of_runtime("runtime_add", [*two, runtime("QLinearAdd", "c u a d u a u a", "e"),
                               runtime("QLinearGlobalAveragePool", "e u a u a", channels_last=0)])
    of_runtime("runtime_concat", [*two, runtime("QLinearConcat", "u a c u a d u a", "e", axis=1),
                                  runtime("QLinearAveragePool", "e u a u a", kernel_shape=[2, 2], strides=[2, 2])])
    of_runtime("runtime_gemm", [runtime("QGemm", "x s z w t v k u a", "g", transB=1, alpha=1.0), runtime("QLinearSigmoid", "g u a u a")],
               [1, 16], [10, 16], k=([10], INT32))
    of_runtime("runtime_channels_last", [two[0], runtime("QLinearGlobalAveragePool", "c u a u a", channels_last=1)])
    add("fused_conv", [runtime("FusedConv", "x w b", activation="Relu")], weights={"w": [4, 3, 3, 3], "b": [4]})
    add("fused_conv_add", [node("Conv", "x w", "c"), runtime("FusedConv", "x w b c", activation="Relu")],
        weights={"w": [4, 3, 3, 3], "b": [4]})
    add("qdq",
        [node("QuantizeLinear", "x s z", "q"), node("DequantizeLinear", "q s z", "d"), node("DequantizeLinear", "w t v", "e"),
         node("Conv", "d e", "c"), node("Relu", "c", "r"), node("QuantizeLinear", "r u a", "p"), node("DequantizeLinear", "p u a", "o"),
         node("MaxPool", "o", kernel_shape=[2, 2])], weights={"w": ([4, 3, 3, 3], INT8), **scale})
    add("int16_features", [node("Conv", "x w")], {"x": (INT16, [1, 3, 8, 10])}, {"w": ([4, 3, 3, 3], INT16)})


def choices():
    relu = [node("Conv", "x w")]
    add("open_batch", relu, {"x": ["N", 3, 8, 10]}, {"w": [4, 3, 3, 3]})
    add("open_size", relu, {"x": [1, 3, "height", 10]}, {"w": [4, 3, 3, 3]})
    add("hardmax_last", [node("Gemm", "x w", "g"), node("Hardmax", "g")], {"x": [1, 16]}, {"w": [16, 10]})
    add("resize_last", [node("Conv", "x w", "c"), node("Resize", "c - z")], weights={"w": [4, 3, 3, 3], "z": [4]})
    add("resize_inside", [node("Conv", "x w", "c"), node("Resize", "c - z", "r"), node("Conv", "r v")],
        weights={"w": [4, 3, 3, 3], "v": [4, 4, 1, 1], "z": [4]})
    add("declared_inside", [node("Conv", "x w", "c"), node("Blur", "c", "r", domain="org.example"), node("Conv", "r v")],
        weights={"w": [4, 3, 3, 3], "v": [4, 4, 1, 1]}, infos={"c": [1, 4, 6, 8], "r": [1, 4, 6, 8]})
    add("many_refused",
        [node("MatMul", "x w", "c"), node("Softmax", "c", "s", axis=0), node("ReduceMean", "c", "r", axes=[0, 2]), node("MatMul", "s v"),
         node("Softmax", "y", "z", axis=0)], {"x": [2, 7, 16]}, {"w": [16, 10], "v": [10, 10]}, outputs="y r z")
    two = [node("Conv", "x w", "a"), node("Conv", "x w", "b"), node("Blend", "a b", "c", domain="org.example")]
    add("declared_join", [*two, node("Conv", "c v")], weights={"w": [4, 3, 3, 3], "v": [4, 4, 1, 1]},
        infos={"a": [1, 4, 6, 8], "c": [1, 4, 6, 8]})
    add("join_last", [*two[:2], node("Blend", "a b", domain="org.example")], weights={"w": [4, 3, 3, 3]})
    add("many_unsupported",
        [node("Conv", "x w", "a"), node("CumSum", "a k", "b"), node("Hardmax", "a", "c"), node("Hardmax", "c", "d"),
         node("Hardmax", "d", "e", name="last_choice"), node("Blur", "e", "f", domain="org.example"), node("Det", "f"), node("Hardmax", "b", "h")],
        weights={"w": [4, 3, 3, 3]}, outputs="y h", constants=[helper.make_tensor("k", INT64, [], [1])])


def steps_of_maps():
    held = [integers("zero", [0]), integers("one", [1]), integers("two", [2]), integers("three", [3]), integers("end", [(1 << 63) - 1])]

    def steps(name, source, rows, columns, axes=("two", "three")):
        """Every other row and column, from the ones named on."""
        return [node("Slice", f"{source} {rows} end {axes[0]} two", f"{name}r"), node("Slice", f"{name}r {columns} end {axes[1]} two", name)]

    begins = {"a": ("zero", "zero"), "b": ("one", "zero"), "c": ("zero", "one"), "d": ("one", "one")}
    parts = [each for name, begin in begins.items() for each in steps(name, "x", *begin)]
    conv = node("Conv", "j w", pads=[1, 1, 1, 1])
    add("focus", [*parts, node("Concat", "a b c d", "j", axis=1), conv], {"x": [1, 3, 8, 12]}, {"w": [6, 12, 3, 3]}, constants=held)
    add("focus_of_three", [*parts, node("Concat", "a b c", "j", axis=1), conv], {"x": [1, 3, 8, 12]}, {"w": [6, 9, 3, 3]}, constants=held)
    add("space_to_depth_of_input", [node("SpaceToDepth", "x", "j", blocksize=2), conv], {"x": [1, 3, 8, 12]}, {"w": [6, 12, 3, 3]})
    parts = [each for name, begin in begins.items() for each in steps(name, "t", *begin, axes=("one", "two"))]
    add("patch_merging", [node("Conv", "x w", "m"), node("Transpose", "m", "t", perm=[0, 2, 3, 1]), *parts,
                          node("Concat", "a b c d", "j", axis=-1), node("Reshape", "j tokens", "k"), node("MatMul", "k v")],
        {"x": [1, 3, 4, 8]}, {"w": [8, 3, 1, 1], "v": [32, 16]}, constants=[*held, integers("tokens", [1, 8, 32])])


def repeated_maps():
    def behind_conv(name, nodes, opset=13, sizes=(1, 4, 12, 16), scales=(), resize=None, **weights):
        """Of a map c of 4 channels, 6 rows and 8 columns, which becomes r."""
        constants = [integers("n", sizes)] if not scales else [helper.make_tensor("n", FLOAT, [len(scales)], list(scales))]
        inputs = "c n" if opset < 10 else "c - n" if scales else "c - - n"
        kind = "Upsample" if opset < 10 else "Resize"
        add(name, [node("Conv", "x w", "c"), node(kind, inputs, "r", **(resize or {})), *nodes], None,
            {"w": [4, 3, 3, 3], **weights}, "y", opset, constants)

    conv = node("Conv", "r v")
    behind_conv("resize", [conv], v=[5, 4, 3, 3])
    behind_conv("resize_by_scales", [conv], scales=(1, 1, 2, 2), v=[5, 4, 3, 3])
    behind_conv("upsample", [conv], 9, scales=(1, 1, 2, 2), v=[5, 4, 3, 3])
    behind_conv("resize_by_part", [conv], scales=(1, 1, 2.1, 2), v=[5, 4, 1, 1])
    behind_conv("resize_rows", [node("Conv", "r v", pads=[1, 1, 1, 1], strides=[2, 1])], sizes=(1, 4, 18, 8), v=[5, 4, 3, 3])
    behind_conv("resize_under_relu", [node("Relu", "r", "s"), node("MaxPool", "s", kernel_shape=[2, 2], strides=[2, 2])])
    behind_conv("resize_twice", [node("Resize", "r - - m", "s"), node("Conv", "s v")], v=[5, 4, 1, 1])
    MODELS["resize_twice"].graph.initializer.append(integers("m", [1, 4, 24, 16]))
    behind_conv("resize_then_cut", [node("Slice", "r b e a", "s"), node("Conv", "s v")], v=[5, 4, 3, 3])
    MODELS["resize_then_cut"].graph.initializer.extend([integers("b", [1]), integers("e", [11]), integers("a", [2])])
    behind_conv("resize_output", [node("Relu", "r")])
    behind_conv("resize_mean", [node("GlobalAveragePool", "r")])
    pooled = [node("GlobalAveragePool", "c", "g"), node("Resize", "g - - n", "s")]
    for name, last in (("resize_pooled", node("Relu", "s")), ("resize_pooled_concat", node("Concat", "c s", axis=1)),
                       ("resize_pooled_twice", node("Concat", "s s", axis=1)), ("resize_pooled_add", node("Add", "c s"))):
        add(name, [node("Conv", "x w", "c"), *pooled, last], weights={"w": [4, 3, 3, 3]}, constants=[integers("n", [1, 4, 6, 8])])
    add("resize_row_turned", [node("Conv", "x w", "c"), node("Transpose", "c", "t", perm=[0, 1, 3, 2]), node("Resize", "t - - n", "r"),
                              node("Concat", "r r", axis=1)],
        {"x": [1, 3, 3, 10]}, {"w": [4, 3, 3, 3]}, constants=[integers("n", [1, 4, 8, 5])])
    behind_conv("resize_asymmetric", [conv], resize={"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}, v=[5, 4, 1, 1])
    behind_conv("resize_up", [conv], resize={"coordinate_transformation_mode": "asymmetric", "nearest_mode": "ceil"}, v=[5, 4, 1, 1])
    behind_conv("resize_linear", [conv], resize={"mode": "linear"}, v=[5, 4, 1, 1])
    behind_conv("resize_linear_rows", [conv], resize={"mode": "linear"}, sizes=(1, 4, 18, 8), v=[5, 4, 1, 1])
    behind_conv("resize_linear_odd", [conv], resize={"mode": "linear"}, sizes=(1, 4, 9, 8), v=[5, 4, 1, 1])
    for mode in ("asymmetric", "align_corners"):
        behind_conv("resize_linear_" + mode.split("_")[-1], [conv], resize={"mode": "linear", "coordinate_transformation_mode": mode},
                    v=[5, 4, 1, 1])
    behind_conv("resize_cubic", [conv], resize={"mode": "cubic"}, v=[5, 4, 1, 1])
    add("resize_linear_pixel", [node("Conv", "x w", "c"), node("GlobalAveragePool", "c", "g"), node("Resize", "g - - n", "s", mode="linear"),
                                node("Relu", "s")], weights={"w": [4, 3, 3, 3]}, constants=[integers("n", [1, 4, 6, 8])])
    behind_conv("resize_odd", [conv], sizes=(1, 4, 9, 16), v=[5, 4, 1, 1])
    behind_conv("resize_channels", [conv], sizes=(1, 8, 12, 16), v=[5, 8, 1, 1])
    behind_conv("resize_add", [node("Conv", "x u", "d", pads=[3, 4, 3, 4]), node("Add", "r d")], u=[4, 3, 3, 3])
    behind_conv("resize_concat", [node("Conv", "x u", "d", pads=[3, 4, 3, 4]), node("Concat", "d r", axis=1)], u=[2, 3, 3, 3])


def bad_files():
    weights = {"w": [4, 3, 3, 3]}
    add("cyclic", [node("Add", "x b", "a", name="first"), node("Conv", "a w", "b"), node("Relu", "b")], weights=weights)
    add("unknown_type", [node("Convolve", "x w", name="odd")], weights=weights)
    add("unnamed", [node("Conv", "x w", "c", name=""), node("Hardmax", "c", name="")], weights=weights)
    add("huge_input", [node("Conv", "x w")], {"x": [1, 3, 1 << 40, 10]}, weights)
    add("huge_product", [node("Conv", "x w")], {"x": [1, 1 << 20, 1 << 20, 1 << 20]}, weights)
    add("empty_input", [node("Conv", "x w")], {"x": [1, 3, 0, 10]}, weights)
    add("negative_input", [node("Conv", "x w")], {"x": [1, 3, -8, 10]}, weights)
    add("shapeless_input", [node("Conv", "x w")], {"x": None}, weights)
    add("old_opset", [node("Conv", "x w")], weights=weights, opset=6)
    add("new_opset", [node("Conv", "x w")], weights=weights, opset=999)
    add("two_origins", [node("Conv", "x w"), node("Relu", "x", name="again")], weights=weights)
    add("no_kernel", [node("MaxPool", "x")])
    add("unknown_attribute", [node("Conv", "x w", speed=3)], weights=weights)
    add("wrong_attribute", [node("Conv", "x w", strides=2)], weights=weights)
    add("three_strides", [node("Conv", "x w", strides=[1, 1, 1])], weights=weights)
    add("zero_stride", [node("Conv", "x w", strides=[0, 1])], weights=weights)
    add("negative_pads", [node("Conv", "x w", pads=[-1, 0, 0, 0])], weights=weights)
    add("zero_groups", [node("Conv", "x w", group=0)], weights=weights)
    add("one_input", [node("Conv", "x")])
    add("no_output", [node("Conv", "x w")], weights=weights, outputs="")
    add("unmade_output", [node("Conv", "x w")], weights=weights, outputs="z")
    add("wrong_perm", [node("Conv", "x w", "c"), node("Transpose", "c", perm=[0, 1, 2, 2])], weights=weights)
    add("wrong_axis", [node("Conv", "x w", "c"), node("Flatten", "c", axis=9)], weights=weights)
    add("wrong_reshape", [node("Conv", "x w", "c"), node("Reshape", "c r")], weights=weights, constants=[integers("r", [1, 7])])
    add("open_reshape", [node("Conv", "x w", "c"), node("Cast", "c", "r", to=INT64), node("Reshape", "c r")], weights=weights)
    add("external", [node("Conv", "x w")], weights=weights)
    add("external_elsewhere", [node("Conv", "x w")], weights=weights)
    add("external_absolute", [node("Conv", "x w")], weights=weights)
    for name, path in (("external", "weights.bin"), ("external_elsewhere", "../../secret"), ("external_absolute", "/etc/passwd")):
        tensor = MODELS[name].graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=path)
    branch = helper.make_graph([node("Relu", "x", "b")], "branch", [], tensors({"b": [1, 3, 8, 10]}))
    add("if_node", [node("If", "k", then_branch=branch, else_branch=branch)], {"x": [1, 3, 8, 10], "k": [1]})


def linear(nodes, weights, source, target, inputs, outputs):
    """A product with weights and a bias, as exporters write it."""
    weights.update({f"{target}_w": [inputs, outputs], f"{target}_b": [outputs]})
    nodes += [node("MatMul", f"{source} {target}_w", f"{target}_p"), node("Add", f"{target}_b {target}_p", target)]


def normalised(nodes, weights, source, target, channels):
    """LayerNormalization before opset 17."""
    weights.update({f"{target}_g": [channels], f"{target}_o": [channels]})
    steps = [("ReduceMean", source, "m"), ("Sub", f"{source} {target}_m", "d"), ("Pow", f"{target}_d two", "q"),
             ("ReduceMean", f"{target}_q", "v"), ("Add", f"{target}_v epsilon", "s"), ("Sqrt", f"{target}_s", "r"),
             ("Div", f"{target}_d {target}_r", "n"), ("Mul", f"{target}_n {target}_g", "u")]
    for kind, inputs, output in steps:
        axes = {"axes": [-1]} if kind == "ReduceMean" else {}
        nodes.append(node(kind, inputs, f"{target}_{output}", **axes))
    nodes.append(node("Add", f"{target}_u {target}_o", target))


def encoder(nodes, weights, source, name, channels):
    """A block of a transformer: attention by three heads, then a perceptron, each normalised before and added."""
    normalised(nodes, weights, source, f"{name}_1", channels)
    linear(nodes, weights, f"{name}_1", f"{name}_a", channels, 3 * channels)
    nodes += [node("Reshape", f"{name}_a heads", f"{name}_h"), node("Transpose", f"{name}_h", f"{name}_t", perm=[2, 0, 3, 1, 4])]
    nodes += [node("Gather", f"{name}_t {index}", f"{name}_{index}", axis=0) for index in ("query", "key", "value")]
    nodes += [node("Transpose", f"{name}_key", f"{name}_k", perm=[0, 1, 3, 2]), node("MatMul", f"{name}_query {name}_k", f"{name}_s"),
              node("Mul", f"{name}_s scale", f"{name}_c"), node("Softmax", f"{name}_c", f"{name}_p", axis=-1),
              node("MatMul", f"{name}_p {name}_value", f"{name}_o"), node("Transpose", f"{name}_o", f"{name}_q", perm=[0, 2, 1, 3]),
              node("Reshape", f"{name}_q tokens", f"{name}_j")]
    linear(nodes, weights, f"{name}_j", f"{name}_x", channels, channels)
    nodes.append(node("Add", f"{source} {name}_x", f"{name}_y"))
    normalised(nodes, weights, f"{name}_y", f"{name}_2", channels)
    linear(nodes, weights, f"{name}_2", f"{name}_f", channels, 4 * channels)
    nodes += [node("Div", f"{name}_f root", f"{name}_e"), node("Erf", f"{name}_e", f"{name}_l"), node("Add", f"{name}_l one", f"{name}_i"),
              node("Mul", f"{name}_f {name}_i", f"{name}_m"), node("Mul", f"{name}_m half", f"{name}_g")]
    linear(nodes, weights, f"{name}_g", f"{name}_z", 4 * channels, channels)
    nodes.append(node("Add", f"{name}_y {name}_z", name))


def transformers():
    window_attention()
    transformer("vit_tiny", "t", 196, node("ReduceMean", "last", "mean", axes=[1], keepdims=0))
    # A class token before the patches, which alone is classified.
    transformer("deit_tiny", "j", 197, node("Gather", "last query", "mean", axis=1))


def window_attention():
    """Windows of 2 x 2 on a map of 4 x 4, two heads of four channels; and a map that is rolled by a row, as before every other such block."""
    map_of = [node("Conv", "x w", "c"), node("Reshape", "c flat", "r"), node("Transpose", "r", "s", perm=[0, 2, 1])]
    nodes = [*map_of, node("Reshape", "s parts", "p"), node("Transpose", "p", "t", perm=[0, 1, 3, 2, 4, 5]), node("Reshape", "t windows", "d")]
    for each in "qkv":
        nodes += [node("MatMul", f"d w{each}", f"{each}m"), node("Reshape", f"{each}m heads", f"{each}h"),
                  node("Transpose", f"{each}h", each, perm=[0, 2, 3, 1] if each == "k" else [0, 2, 1, 3])]
    nodes += [node("MatMul", "q k", "a"), node("Softmax", "a", "b", axis=-1), node("MatMul", "b v", "e"),
              node("Transpose", "e", "f", perm=[0, 2, 1, 3]), node("Reshape", "f windows", "g"), node("MatMul", "g wo", "h"),
              node("Reshape", "h parts", "i"), node("Transpose", "i", "j", perm=[0, 1, 3, 2, 4, 5]), node("Reshape", "j tokens", "l"),
              node("Add", "s l")]
    constants = [integers("flat", [1, 8, 16]), integers("parts", [1, 2, 2, 2, 2, 8]), integers("windows", [4, 4, 8]),
                 integers("heads", [4, 4, 2, 4]), integers("tokens", [1, 16, 8])]
    weights = {"w": [8, 3, 1, 1], **{f"w{each}": [8, 8] for each in "qkvo"}}
    add("window_attention", nodes, {"x": [1, 3, 4, 4]}, weights, constants=constants)
    rolled = [node("Reshape", "s map", "m"), node("Slice", "m one many row", "a"), node("Slice", "m zero one row", "b"),
              node("Concat", "a b", axis=1)]
    numbers = [integers("map", [1, 4, 4, 8]), integers("zero", [0]), integers("one", [1]), integers("many", [(1 << 63) - 1]), integers("row", [1])]
    add("window_roll", [*map_of, *rolled], {"x": [1, 3, 4, 4]}, {"w": [8, 3, 1, 1]}, constants=[*numbers, constants[0]])


def transformer(name, embedded, tokens, end):
    channels, patches, scalars = 192, 196, ("two", "epsilon", "scale", "root", "one", "half")
    weights = {"patches": [channels, 3, 16, 16], "positions": [1, tokens, channels], "token": [1, 1, channels],
               **{each: [] for each in scalars}}
    nodes = [node("Conv", "x patches", "c", strides=[16, 16]), node("Reshape", "c flat", "r"), node("Transpose", "r", "t", perm=[0, 2, 1]),
             node("Concat", "token t", "j", axis=1), node("Add", f"{embedded} positions", "block0")]
    for block in range(12):
        encoder(nodes, weights, f"block{block}", f"block{block + 1}", channels)
    normalised(nodes, weights, "block12", "last", channels)
    nodes.append(end)
    weights["classes"] = [1000, channels]
    nodes.append(node("Gemm", "mean classes", transB=1))
    add(name, nodes, {"x": [1, 3, 224, 224]}, weights, constants=[
        integers("flat", [1, channels, patches]), integers("heads", [1, tokens, 3, 3, 64]), integers("tokens", [1, tokens, channels]),
        *(helper.make_tensor(each, INT64, [], [index]) for index, each in enumerate(("query", "key", "value")))])


def chains():
    """Residual blocks of 4 nodes, in all as many as their names say."""
    for count in (500, 1000, 2000):
        chain(count)


def chain(count):
    nodes, last = [], "x"
    for i in range(count // 4):
        nodes += [node("Conv", f"{last} w", f"c{i}", pads=[1, 1, 1, 1]), node("Relu", f"c{i}", f"r{i}"),
                  node("Conv", f"r{i} w", f"d{i}", pads=[1, 1, 1, 1]), node("Add", f"d{i} {last}", f"a{i}")]
        last = f"a{i}"
    add(f"chain_{count}", nodes, {"x": [1, 4, 8, 8]}, {"w": [4, 4, 3, 3]}, outputs=last)


def written(arguments, usage, makers):
    """Into the folder that is named."""
    if len(arguments) != 1:
        print(usage, file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for make in makers:
        make()
    for name, model in MODELS.items():
        (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
    (folder / "made").write_text(f"{len(MODELS)}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(written(sys.argv[1:], __doc__,
                     (convolutions, transposed_convolutions, poolings, products, elementwise, concatenations, parts_of_maps, repeated_maps,
                      normalisations, free_nodes, foldings, quantised, choices, bad_files, transformers, chains)))
