// SPDX-License-Identifier: Apache-2.0
#include "onnx/layout.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <tuple>

namespace plumbline::io {
namespace {

/// Takes `size` positions off the front of a list of factors; false where they cannot be split so.
bool take(std::deque<Factor>& factors, std::int64_t size, Axis& axis)
{
    while (size > 1) {
        if (factors.empty()) return false;
        Factor& front = factors.front();
        if (size % front.size == 0) {
            axis.push_back(front);
            size /= front.size;
            factors.pop_front();
            continue;
        }
        if (front.size % size != 0) return false;
        Factor outer = front;
        outer.size = size;
        outer.step = front.step * (front.size / size);
        front.size /= size;
        axis.push_back(outer);
        size = 1;
    }
    return true;
}

}  // namespace

bool operator==(const Factor& a, const Factor& b)
{
    return std::tie(a.role, a.size, a.step, a.open) == std::tie(b.role, b.size, b.step, b.open);
}

Factor OpenRoles::add(std::int64_t size)
{
    roles_.emplace_back();
    return {Role::open, size, 1, roles_.size() - 1};
}

Role OpenRoles::role_of(const Factor& factor) const
{
    return factor.role == Role::open ? roles_[factor.open].value_or(Role::open) : factor.role;
}

void OpenRoles::bind(const Axis& axis, Role role)
{
    for (const Factor& factor : axis)
        if (factor.role == Role::open && !roles_[factor.open]) roles_[factor.open] = role;
}

void bind_usual(OpenRoles& roles, const Layout& layout)
{
    static constexpr std::array<Role, 4> kUsual{Role::batch, Role::channel, Role::row, Role::column};
    for (std::size_t axis = 0; axis < layout.size(); ++axis) {
        const Role role = layout.size() == 3 && axis == 2 ? Role::column : kUsual[std::min<std::size_t>(axis, 3)];
        roles.bind(layout[axis], role);
    }
}

bool agree(OpenRoles& roles, const Axis& a, const Axis& b)
{
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (roles.role_of(b[i]) != Role::open) roles.bind({a[i]}, roles.role_of(b[i]));
        if (roles.role_of(a[i]) != Role::open) roles.bind({b[i]}, roles.role_of(a[i]));
    }
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const Factor& x, const Factor& y) {
        return x.size == y.size && x.step == y.step && roles.role_of(x) == roles.role_of(y);
    });
}

std::int64_t size_of(const Axis& axis)
{
    std::int64_t size = 1;
    for (const Factor& factor : axis) size *= factor.size;
    return size;
}

std::int64_t size_of(const Layout& layout, Role role, const OpenRoles& roles)
{
    std::int64_t size = 1;
    for (const Axis& axis : layout)
        for (const Factor& factor : axis)
            if (roles.role_of(factor) == role) size *= factor.size;
    return size;
}

bool is_whole(const Layout& layout, std::size_t axis, Role role, const OpenRoles& roles)
{
    std::int64_t step = 1;
    for (auto factor = layout[axis].rbegin(); factor != layout[axis].rend(); ++factor) {
        if (roles.role_of(*factor) != role || factor->step != step) return false;
        step *= factor->size;
    }
    return step == size_of(layout, role, roles);
}

Axis whole_axis(Role role, std::int64_t size)
{
    if (size == 1) return {};
    return {Factor{role, size, 1, 0}};
}

std::optional<Layout> reshaped(const Layout& layout, const Shape& shape)
{
    std::deque<Factor> factors;
    for (const Axis& axis : layout) factors.insert(factors.end(), axis.begin(), axis.end());
    Layout result;
    for (std::int64_t size : shape) {
        result.emplace_back();
        if (!take(factors, size, result.back())) return std::nullopt;
    }
    if (!factors.empty()) return std::nullopt;
    return result;
}

}  // namespace plumbline::io
