# SPDX-License-Identifier: Apache-2.0
"""Writes the ONNX files of the tests of vector work: reductions, normalisations of pixels, maps that are repeated.

    python3 make_vector_models.py FOLDER
"""

import sys
from pathlib import Path

from onnx import helper

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from make_models import FLOAT, INT32, INT64, add, integers, node, written  # noqa: E402


def behind_conv(name, nodes, opset=13, inputs=None, outputs="y", channels=4, **held):
    """Of a map c of 4 channels, 6 rows and 8 columns. Lists are constants, tuples the shapes of weights."""
    weights = {key: list(value) for key, value in held.items() if isinstance(value, tuple)}
    add(name, [node("Conv", "x w", "c"), *nodes], inputs, {"w": [channels, 3, 3, 3], **weights}, outputs, opset,
        [integers(key, value) for key, value in held.items() if isinstance(value, list)])


def reductions():
    for kind in ("Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"):
        behind_conv(f"reduce_{kind.lower()}_channels", [node("Reduce" + kind, "c", axes=[1])])
        behind_conv(f"reduce_{kind.lower()}_pixels", [node("Reduce" + kind, "c", axes=[2, 3])])
    behind_conv("reduce_sum_channels", [node("ReduceSum", "c a")], a=[1])
    behind_conv("reduce_sum_pixels", [node("ReduceSum", "c a")], a=[-2, -1])
    behind_conv("reduce_sum_attribute", [node("ReduceSum", "c", axes=[1])], 11)
    add("reduce_sum_tokens", [node("MatMul", "x w", "c"), node("ReduceSum", "c a", keepdims=0)], {"x": [1, 7, 16]}, {"w": [16, 10]},
        constants=[integers("a", [1])])
    behind_conv("reduce_everything", [node("ReduceSum", "c")])
    behind_conv("reduce_nothing", [node("ReduceSum", "c", noop_with_empty_axes=1)])
    behind_conv("reduce_one_channel", [node("ReduceL1", "c", axes=[1])], channels=1)
    behind_conv("reduce_map", [node("ReduceMean", "c", axes=[1, 2, 3])])
    behind_conv("reduce_channels_and_rows", [node("ReduceMax", "c", axes=[1, 2])])
    behind_conv("reduce_batch", [node("ReduceL2", "c", axes=[0, 1])], inputs={"x": [2, 3, 8, 10]})
    behind_conv("reduce_computed_axes", [node("Cast", "c", "a", to=INT64), node("ReduceSum", "c a")])
    behind_conv("reduce_wrong_axis", [node("ReduceSum", "c a")], a=[4])
    grouped = node("Reshape", "c r", "d")
    behind_conv("reduce_groups", [grouped, node("ReduceMean", "d", "m", axes=[2], keepdims=0), node("Conv", "m v")],
                r=[1, 2, 2, 6, 8], v=(5, 2, 1, 1))
    behind_conv("reduce_between_groups", [grouped, node("ReduceMean", "d", axes=[1])], r=[1, 2, 2, 6, 8])
    behind_conv("l2_normalised", [node("ReduceL2", "c", "n", axes=[1]), node("Div", "c n")])
    add("global_lp_pool", [node("GlobalLpPool", "x")])


def places():
    add("segmentation",
        [node("Conv", "x a", "c", pads=[1, 1, 1, 1], strides=[2, 2]), node("Relu", "c", "r"), node("Conv", "r b", "d"),
         node("Resize", "d - s", "u", mode="linear"), node("ArgMax", "u", axis=1, keepdims=0)],
        {"x": [1, 3, 16, 24]}, {"a": [8, 3, 3, 3], "b": [21, 8, 1, 1]}, constants=[helper.make_tensor("s", FLOAT, [4], [1, 1, 2, 2])])
    behind_conv("arg_max_of_many", [node("ArgMax", "c", axis=1)], channels=300)
    behind_conv("arg_max_cast", [node("ArgMax", "c", "m", axis=1), node("Cast", "m", to=INT32)])
    behind_conv("arg_max_as_map", [node("ArgMax", "c", "m", axis=1), node("Cast", "m", "f", to=FLOAT), node("Conv", "f v")], v=(5, 1, 1, 1))
    behind_conv("arg_min_rows", [node("ArgMin", "c", axis=-2)])
    behind_conv("arg_max_wrong_axis", [node("ArgMax", "c", axis=4)])


def local_responses():
    def lrn(source, target):
        return node("LRN", source, target, size=5, alpha=1e-4, beta=0.75, bias=1.0)

    def pool(source, target):
        return node("MaxPool", source, target, kernel_shape=[3, 3], strides=[2, 2])

    add("alexnet_head",
        [node("Conv", "x a", "c", strides=[4, 4]), node("Relu", "c", "r"), lrn("r", "n"), pool("n", "p"),
         node("Conv", "p b", "d", pads=[2, 2, 2, 2], group=2), node("Relu", "d", "s"), lrn("s", "m"), pool("m", "y")],
        {"x": [1, 3, 227, 227]}, {"a": [96, 3, 11, 11], "b": [256, 48, 5, 5]})
    behind_conv("lrn_of_one", [node("LRN", "c", size=1)])
    add("lrn_of_input", [node("LRN", "x", "n", size=3), node("Conv", "n w")], weights={"w": [4, 3, 3, 3]})
    add("lrn_of_tokens", [node("MatMul", "x w", "c"), node("LRN", "c", size=3)], {"x": [1, 7, 16]}, {"w": [16, 10]})


def map_normalisations():
    group = [node("Reshape", "c r", "d"), node("InstanceNormalization", "d s b", "e"), node("Shape", "c", "t"), node("Reshape", "e t", "f"),
             node("Mul", "f g", "h"), node("Add", "h o", "i")]
    behind_conv("instance_normalization", [node("InstanceNormalization", "c s b", "n"), node("Relu", "n")], s=(4,), b=(4,))
    add("instance_normalization_of_input", [node("InstanceNormalization", "x s b", "n"), node("Conv", "n w")], weights={"s": [3], "b": [3], "w": [4, 3, 3, 3]})
    add("instance_normalization_1d", [node("Conv", "x w", "c"), node("InstanceNormalization", "c s b")], {"x": [1, 3, 20]},
        {"w": [4, 3, 5], "s": [4], "b": [4]})
    behind_conv("group_norm", [*group, node("Conv", "i v")], channels=12, r=[0, 3, -1], s=(3,), b=(3,), g=(12, 1, 1), o=(12, 1, 1), v=(5, 12, 1, 1))
    behind_conv("group_norm_of_one", [*group, node("Relu", "i")], channels=12, r=[0, 1, -1], s=(1,), b=(1,), g=(12, 1, 1), o=(12, 1, 1))
    add("group_norm_of_input",
        [node("Reshape", "x r", "d"), node("InstanceNormalization", "d s b", "e"), node("Reshape", "e t", "f"), node("Conv", "f w")],
        {"x": [1, 4, 6, 8]}, {"s": [2], "b": [2], "w": [5, 4, 3, 3]}, constants=[integers("r", [0, 2, -1]), integers("t", [1, 4, 6, 8])])
    behind_conv("group_norm_between", [node("Reshape", "c q", "p"), node("Transpose", "p", "t", perm=[0, 2, 1, 3, 4]), node("Reshape", "t r", "d"),
                                       node("InstanceNormalization", "d s b")],
                channels=12, q=[1, 3, 4, 6, 8], r=[0, 4, -1], s=(4,), b=(4,))
    behind_conv("mean_variance", [node("MeanVarianceNormalization", "c")])
    behind_conv("mean_variance_of_channels", [node("MeanVarianceNormalization", "c", axes=[1])])
    behind_conv("mean_variance_of_batch", [node("MeanVarianceNormalization", "c")], inputs={"x": [2, 3, 8, 10]})
    behind_conv("lp_normalization", [node("LpNormalization", "c", axis=1, p=2)])
    behind_conv("lp_normalization_of_rows", [node("LpNormalization", "c", axis=2)])
    behind_conv("layer_normalization_of_map", [node("LayerNormalization", "c s b", axis=1)], 17, s=(4, 6, 8), b=(4, 6, 8))
    behind_conv("layer_normalization_of_columns", [node("LayerNormalization", "c s b")], 17, s=(8,), b=(8,))
    add("layer_normalization_of_input_map", [node("LayerNormalization", "x s b", "n", axis=1), node("Conv", "n w")],
        weights={"s": [3, 8, 10], "b": [3, 8, 10], "w": [4, 3, 3, 3]}, opset=17)


def expansions():
    stem = [node("Conv", "x w", "c", pads=[1, 1, 1, 1]), node("GlobalAveragePool", "c", "g")]
    excite = [*stem, node("Conv", "g v", "s"), node("Sigmoid", "s", "t")]
    weights = {"w": [4, 3, 3, 3], "v": [4, 4, 1, 1]}
    add("excite_expanded", [*excite, node("Shape", "c", "k"), node("Expand", "t k", "e"), node("Mul", "c e")], weights=weights)
    # As torch.onnx computes a size that may be -1.
    size = [node("Shape", "c", "k"), node("ConstantOfShape", "n", "o", value=integers("", [1])), node("Mul", "o m", "q"), node("Equal", "k q", "b"),
            node("Where", "b o k", "z")]
    add("excite_expanded_by_choice", [*excite, *size, node("Expand", "t z", "e"), node("Mul", "e c")], weights=weights,
        constants=[integers("n", [4]), integers("m", [-1])])
    add("excite_tiled", [*excite, node("Tile", "t k", "e"), node("Mul", "c e")], weights=weights, constants=[integers("k", [1, 1, 8, 10])])
    add("expand_by_two", [*stem, node("GlobalMaxPool", "c", "h"), node("Expand", "g k", "e"), node("Expand", "h k", "f"), node("Mul", "e f")],
        weights={"w": [4, 3, 3, 3]}, constants=[integers("k", [1, 4, 8, 10])])
    add("expand_twice", [*stem, node("Expand", "g j", "d"), node("Expand", "d k", "e"), node("Add", "c e")], weights={"w": [4, 3, 3, 3]},
        constants=[integers("j", [1, 4, 8, 1]), integers("k", [1, 4, 8, 10])])
    add("expand_column_vector", [*stem, node("Squeeze", "g a", "q"), node("Expand", "q k", "e"), node("Relu", "e")], weights={"w": [4, 3, 3, 3]},
        constants=[integers("a", [0]), integers("k", [1, 4, 8, 10])])

    def pooled(name, nodes, shape=(1, 4, 6, 8), **held):
        behind_conv(name, [node("GlobalAveragePool", "c", "g"), node("Expand", "g k", "s"), *nodes], k=list(shape), **held)

    pooled("expand_concat", [node("Concat", "c s", axis=1)])
    pooled("expand_conv", [node("Conv", "s v", pads=[1, 1, 1, 1])], v=(5, 4, 3, 3))
    pooled("expand_last", [node("Relu", "s")])
    pooled("expand_silu", [node("Sigmoid", "s", "t"), node("Mul", "s t", "u"), node("Concat", "c u", axis=1)])
    pooled("expand_batch", [node("Conv", "s v")], (3, 4, 6, 8), v=(5, 4, 1, 1))
    behind_conv("tile_concat", [node("GlobalAveragePool", "c", "g"), node("Tile", "g k", "s"), node("Concat", "c s", axis=1)], k=[1, 1, 6, 8])
    behind_conv("tile_once", [node("Tile", "c k", "s"), node("Relu", "s")], k=[1, 1, 1, 1])
    behind_conv("tile_pattern", [node("Tile", "c k", "s"), node("Conv", "s v")], k=[1, 1, 2, 1], v=(5, 4, 1, 1))
    attention = [node("ReduceMean", "c", "m", axes=[1]), node("Expand", "m k", "s")]
    behind_conv("expand_channels", [*attention, node("Conv", "s v")], k=[1, 4, 6, 8], v=(5, 4, 1, 1))
    behind_conv("expand_channels_for_product", [*attention, node("Mul", "c s")], k=[1, 4, 6, 8])
    behind_conv("expand_to_the_same", [node("Expand", "c k", "s"), node("Conv", "s v")], k=[4, 6, 8], v=(5, 4, 1, 1))
    behind_conv("expand_for_two_readers", [node("GlobalAveragePool", "c", "g"), node("Expand", "g k", "s"), node("Mul", "c s", "p"),
                                           node("Concat", "p s", axis=1)], k=[1, 4, 6, 8])
    behind_conv("expand_slope", [node("GlobalAveragePool", "c", "g"), node("Expand", "g k", "s"), node("PRelu", "c s")], k=[1, 4, 6, 8])


if __name__ == "__main__":
    sys.exit(written(sys.argv[1:], __doc__, (reductions, places, local_responses, map_normalisations, expansions)))
