// SPDX-License-Identifier: Apache-2.0
// Which columns and rows of the maps that enter a stack does nobody in it read?
//
// A window of one pixel with a stride of 2 reads every other column: the others need neither be fetched nor held. The same
// goes for windows whose stride and dilation are both even. Such a map is known to the stack by the columns that are left,
// numbered one by one: strides, windows and places of its readers count these. What the stack makes itself is made in full.
//
//     StackGraph graph = make_stack_graph(workload, rules, layers);
//     leave_out_unread(graph);
#pragma once

#include "planning/geometry/stack_graph.hpp"

namespace plumbline::detail {

/// Sets `column_step` and `row_step` of maps that enter, and makes what their readers read count in these steps. \pre not
/// done before
void leave_out_unread(StackGraph& graph);

}  // namespace plumbline::detail
