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

constexpr std::array<Role, 4> kUsual{Role::batch, Role::channel, Role::row, Role::column};

/// What an axis of a tensor of so many axes usually is.
Role usual_role(std::size_t axes, std::size_t axis, const OpenRoles& roles)
{
    if (axes != 3 || axis == 0) return kUsual[std::min<std::size_t>(axis, 3)];
    return (axis == 1) == roles.expects_sequences() ? Role::column : Role::channel;
}

bool holds(const Axis& axis, Role role, const OpenRoles& roles)
{
    return std::any_of(axis.begin(), axis.end(), [&](const Factor& factor) { return roles.role_of(factor) == role; });
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
    for (std::size_t axis = 0; axis < layout.size(); ++axis)
        roles.bind(layout[axis], usual_role(layout.size(), axis, roles));
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

bool is_shuffled(const Layout& layout, std::size_t axis, const OpenRoles& roles)
{
    const bool channels = std::all_of(layout[axis].begin(), layout[axis].end(),
                                      [&](const Factor& factor) { return roles.role_of(factor) == Role::channel; });
    return channels && size_of(layout[axis]) == size_of(layout, Role::channel, roles) &&
           !is_whole(layout, axis, Role::channel, roles);
}

Role role_of(const Layout& layout, std::size_t axis, const OpenRoles& roles)
{
    if (!layout[axis].empty()) {
        for (Role role : kUsual)
            if (is_whole(layout, axis, role, roles)) return role;
        return Role::open;
    }
    const Role usual = usual_role(layout.size(), axis, roles);
    const bool taken =
        std::any_of(layout.begin(), layout.end(), [&](const Axis& each) { return holds(each, usual, roles); });
    if (!taken) return usual;
    if (usual == Role::row) return Role::column;
    return usual == Role::column ? Role::row : Role::open;
}

std::optional<std::vector<std::int64_t>> depth_of(const Layout& layout, const std::vector<Role>& along,
                                                  const OpenRoles& roles)
{
    constexpr std::size_t kChannels = 1;
    constexpr std::size_t kFirst = 2;
    if (layout.size() != kFirst + along.size() || !is_whole(layout, 0, Role::batch, roles)) return std::nullopt;
    const std::int64_t beside = size_of({layout[kChannels]}, Role::channel, roles);
    if (beside != size_of(layout[kChannels])) return std::nullopt;
    std::vector<std::int64_t> depth;
    std::int64_t in_pixel = 1;
    for (std::size_t i = 0; i < along.size(); ++i) {
        const Axis& axis = layout[kFirst + i];
        const auto channels = std::find_if(
            axis.begin(), axis.end(), [&](const Factor& factor) { return roles.role_of(factor) == Role::channel; });
        Layout alone = layout;
        alone[kFirst + i] = {axis.begin(), channels};
        const Axis held{channels, axis.end()};
        depth.push_back(size_of(held));
        in_pixel *= depth.back();
        // Of a single row or column nobody could tell its positions from channels.
        if (depth.back() > 1 && alone[kFirst + i].empty()) return std::nullopt;
        if (!is_whole(alone, kFirst + i, along[i], roles) || size_of({held}, Role::channel, roles) != depth.back())
            return std::nullopt;
    }
    if (in_pixel == 1 || beside * in_pixel != size_of(layout, Role::channel, roles)) return std::nullopt;
    return depth;
}

bool is_mixed(const Layout& layout, std::size_t axis, const OpenRoles& roles)
{
    const bool known = std::all_of(layout[axis].begin(), layout[axis].end(),
                                   [&](const Factor& factor) { return roles.role_of(factor) != Role::open; });
    return known && !layout[axis].empty() && role_of(layout, axis, roles) == Role::open;
}

Role held_role(const Axis& axis, const OpenRoles& roles)
{
    if (axis.empty()) return Role::batch;
    const Role first = roles.role_of(axis.front());
    const bool alone =
        std::all_of(axis.begin(), axis.end(), [&](const Factor& factor) { return roles.role_of(factor) == first; });
    return alone ? first : Role::open;
}

Layout with_roles(const Layout& layout, const std::vector<Role>& axes)
{
    Layout result = layout;
    for (Role role : {Role::channel, Role::row, Role::column}) {
        std::int64_t step = 1;
        for (std::size_t axis = layout.size(); axis-- > 0;) {
            if (axes[axis] != role) continue;
            result[axis] = whole_axis(role, size_of(layout[axis]));
            for (Factor& factor : result[axis]) factor.step = step;
            step *= size_of(layout[axis]);
        }
    }
    return result;
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
