// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/local_search.hpp"

#include <algorithm>
#include <random>

namespace plumbline::detail {
namespace {

using Decisions = std::vector<Decision>;

class NearbySearch {
public:
    NearbySearch(const MappingSpace& space, const SearchOptions& options, SearchLimit& limit, BestDecisions& best)
        : space_{space},
          options_{options},
          limit_{limit},
          best_{best}
    {
        for (PartialMapping& mapping : space.beginnings())
            if (mapping.overflowing == best.overflowing) beginning_ = std::move(mapping);
    }

    void run()
    {
        Decisions decisions = best_.decisions;
        Score score = best_.score;
        while (descend(decisions, score)) {
            decisions = best_.decisions;
            shake(decisions);
            score = Score{};
        }
    }

private:
    /// Mappings to look at: most searches have found by then what they find.
    static constexpr int kMost = 4000;

    /// Until no neighbour is better, or the limit is reached: then false.
    bool descend(Decisions& decisions, Score& score)
    {
        const std::size_t places = decisions.size();
        std::size_t tried = 0;  // in a row, to no avail
        for (std::size_t i = 0; tried < places * places; i = (i + 1) % (places * places), ++tried) {
            const std::size_t from = i / places;
            const std::size_t to = i % places;
            if (from == to || from == to + 1) continue;
            if (++looked_at_ > kMost || limit_.reached()) return false;
            Decisions next = decisions;
            move(next, from, to);
            const Score other = score_of_decisions(next);
            if (!other.better_than(score)) continue;
            decisions = std::move(next);
            score = other;
            tried = 0;
            if (score.better_than(best_.score)) best_ = {decisions, best_.overflowing, true, score};
        }
        return true;
    }

    static void move(Decisions& decisions, std::size_t from, std::size_t to)
    {
        const auto at = [&](std::size_t i) { return decisions.begin() + static_cast<std::ptrdiff_t>(i); };
        if (from < to)
            std::rotate(at(from), at(from + 1), at(to + 1));
        else
            std::rotate(at(to), at(from), at(from + 1));
    }

    /// A few moves that leave a mapping which fits.
    void shake(Decisions& decisions)
    {
        constexpr int kMoves = 3;
        constexpr int kTries = 32;
        int moves = 0;
        for (int i = 0; i < kTries && moves < kMoves; ++i) {
            Decisions next = decisions;
            move(next, random_() % next.size(), random_() % next.size());
            if (!fits(space_, beginning_, next)) continue;
            decisions = std::move(next);
            ++moves;
        }
    }

    /// Infinite where they do not fit.
    Score score_of_decisions(const Decisions& decisions) const
    {
        if (!fits(space_, beginning_, decisions)) return {};
        return score_of(space_, options_, FoundMapping{space_, decisions, best_.overflowing});
    }

    const MappingSpace& space_;
    const SearchOptions& options_;
    SearchLimit& limit_;
    BestDecisions& best_;
    PartialMapping beginning_;
    std::minstd_rand random_;
    int looked_at_ = 0;
};

}  // namespace

void search_nearby(const MappingSpace& space, const SearchOptions& options, SearchLimit& limit, BestDecisions& best)
{
    const bool has_neighbours = best.decisions.size() > 1;
    if (best.found && has_neighbours) NearbySearch{space, options, limit, best}.run();
}

}  // namespace plumbline::detail
