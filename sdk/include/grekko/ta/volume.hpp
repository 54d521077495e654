// Indicators that weigh price by volume: VWAP (rolling and by session), OBV, MFI. They read volume
// as the bar gives it, base currency; a bar without trades has volume 0 and moves none of them
// much. Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the registry use
// them.
#pragma once

#include "grekko/ta/bar.hpp"
#include "grekko/ta/window.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// Volume-weighted average price of the last n bars: Σ p v / Σ v, p = (high + low + close) / 3; p of
// the newest bar where nothing traded. Warm-up n.
class Vwap {
public:
    explicit Vwap(std::size_t window) : turnover_{window}, volume_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const double price = typical_price(bar);
        turnover_.push(price * bar.volume);
        volume_.push(bar.volume);
        if (ready()) record_.set({ratio(turnover_.sum(), volume_.sum(), price)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return volume_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.turnover_, self.volume_);
    }

private:
    Record<1> record_;
    SlidingSum turnover_;
    SlidingSum volume_;
};

// Volume-weighted average price since the session began. A session begins with start_session() or,
// if `bars` is not 0, every `bars` bars (24 for days of hourly bars). Warm-up 1. Sums restart with
// each session; they are compensated (Neumaier), so an endless session does not drift.
class SessionVwap {
public:
    explicit SessionVwap(std::size_t bars = 0) : bars_{bars} {}

    // The next bar is the first of a session.
    void start_session() { session_bars_ = 0; }

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        if (bars_ != 0 && session_bars_ >= bars_) start_session();
        if (session_bars_ == 0) {
            turnover_ = {};
            volume_ = {};
        }
        ++session_bars_;
        const double price = typical_price(bar);
        turnover_.push(price * bar.volume);
        volume_.push(bar.volume);
        record_.set({ratio(turnover_.total(), volume_.total(), price)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.bars_});
        archive(self.record_, self.turnover_, self.volume_, self.session_bars_);
    }

private:
    Record<1> record_;
    std::size_t bars_;
    RunningSum turnover_;
    RunningSum volume_;
    std::uint64_t session_bars_ = 0;
};

// On-balance volume: + volume where the close rose, - volume where it fell, begun with the first
// bar's volume. Warm-up 1. Joseph Granville, 1963. TA-Lib OBV. Compensated sum.
class Obv {
public:
    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const bool first = record_.seen() == 1;
        if (first || bar.close > close_) total_.push(bar.volume);
        if (!first && bar.close < close_) total_.push(-bar.volume);
        close_ = bar.close;
        record_.set({total_.total()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.total_, self.close_);
    }

private:
    Record<1> record_;
    RunningSum total_;
    double close_ = 0.0;
};

// Money flow index, 0 to 100: share of p v on bars where p = (high + low + close) / 3 rose, among
// those where it rose or fell, over n steps. 50 where no money flowed (TA-Lib MFI: 0 where less
// than 1 flowed). Warm-up n + 1. Gene Quong and Avrum Soudack, Stocks & Commodities, March 1989.
class Mfi {
public:
    explicit Mfi(std::size_t window) : up_{window}, down_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const double price = typical_price(bar);
        if (record_.seen() > 1) {
            const double flow = price * bar.volume;
            up_.push(price > price_ ? flow : 0.0);
            down_.push(price < price_ ? flow : 0.0);
        }
        price_ = price;
        if (ready()) record_.set({100.0 * ratio(up_.sum(), up_.sum() + down_.sum(), 0.5)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return up_.ring().capacity() + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.up_, self.down_, self.price_);
    }

private:
    Record<1> record_;
    SlidingSum up_;
    SlidingSum down_;
    double price_ = 0.0;
};

} // namespace grekko::ta
