// SPDX-License-Identifier: Apache-2.0
// The accelerator in a platform of VCML: its options are properties, set as any other (`-c soc.npu.outstanding=4`, `-f soc.cfg`).
#pragma once

#include <plumbline/sim/accelerator.hpp>

#include <memory>
#include <vector>

#include <vcml.h>

/// A property for each option of an accelerator, below the module that is being built.
class NpuProperties {
public:
    /// Where nothing is configured they have the values of `defaults`.
    explicit NpuProperties(const plumbline::sim::AcceleratorOptions& defaults);

    /// What they say. \throws plumbline::InputError that names the option, where its value is none of those expected
    plumbline::sim::AcceleratorOptions options() const;

private:
    plumbline::sim::AcceleratorOptions defaults_;
    std::vector<std::unique_ptr<vcml::property<vcml::string>>> properties_;  ///< by sim::accelerator_settings()
};

/// Properties and accelerator.
class Npu : public vcml::module {
public:
    NpuProperties properties;
    plumbline::sim::Accelerator accelerator;

    Npu(const sc_core::sc_module_name& name, const plumbline::Accelerator& hardware,
        const plumbline::sim::AcceleratorProgram& program, const plumbline::sim::AcceleratorOptions& defaults);

    /// That it has sent so far, those of debug transport included.
    std::size_t transactions() const { return transactions_; }

private:
    std::size_t transactions_ = 0;
};
