#include "io/script/series.hpp"

namespace grekko::script {

double Row::column(Column which) const {
    switch (which) {
    case Column::open: return open;
    case Column::high: return high;
    case Column::low: return low;
    case Column::close: return close;
    case Column::volume: return volume;
    case Column::time: return static_cast<double>(opened_at) / 1e9;
    case Column::gap: return static_cast<double>(gap);
    case Column::empty: break;
    }
    return static_cast<double>(empty);
}

Series::Series(InstrumentId instrument, std::string symbol, Duration interval, std::uint32_t warmup,
               std::uint32_t depth)
    : instrument_{instrument},
      symbol_{std::move(symbol)},
      interval_{interval},
      warmup_{warmup},
      depth_{depth} {}

bool Series::push(const Bar& bar) {
    const Row* const last = row(0);
    if (last != nullptr && bar.opened_at().nanoseconds() <= last->opened_at) return false;
    const Row next{bar.open.to_double(),  bar.high.to_double(),   bar.low.to_double(),
                   bar.close.to_double(), bar.volume.to_double(), bar.opened_at().nanoseconds(),
                   bar.missing,           bar.empty() ? 1U : 0U};
    if (rows_.size() < depth_) {
        rows_.push_back(next);
        newest_ = rows_.size() - 1;
    } else {
        newest_ = newest_ + 1 == depth_ ? 0 : newest_ + 1;
        rows_[newest_] = next;
    }
    ++seen_;
    return true;
}

void Series::update() {
    for (const auto& indicator : indicators_)
        indicator->update();
}

void Series::restart(std::uint64_t seen) {
    for (const auto& indicator : indicators_)
        indicator->restart();
    seen_ = seen;
}

const Row* Series::row(std::size_t age) const {
    if (age >= rows_.size()) return nullptr;
    return &rows_[newest_ >= age ? newest_ - age : newest_ + rows_.size() - age];
}

Indicator& Series::add(std::unique_ptr<Indicator> indicator) {
    indicators_.push_back(std::move(indicator));
    return *indicators_.back();
}

Series::Saved Series::save() const {
    Saved saved{symbol_, interval_.count(), seen_, {}, {}};
    for (std::size_t age = rows_.size(); age > 0; --age)
        saved.rows.push_back(*row(age - 1));
    for (const auto& indicator : indicators_)
        saved.indicators.push_back(indicator->save());
    return saved;
}

void Series::load(const Saved& saved) {
    rows_.clear();
    const std::size_t skipped = saved.rows.size() > depth_ ? saved.rows.size() - depth_ : 0;
    rows_.assign(saved.rows.begin() + static_cast<std::ptrdiff_t>(skipped), saved.rows.end());
    newest_ = rows_.empty() ? 0 : rows_.size() - 1;
    seen_ = saved.seen;
    std::vector<bool> used(saved.indicators.size(), false);
    bool all_warm = true;
    for (const auto& indicator : indicators_) {
        bool warm = false;
        for (std::size_t i = 0; i < used.size() && !warm; ++i) {
            warm = !used[i] && indicator->load(saved.indicators[i]);
            used[i] = used[i] || warm;
        }
        all_warm = all_warm && warm;
    }
    if (!all_warm) restart();
}

} // namespace grekko::script
