#include "research/backtest/session.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "core/engine/engine.hpp"
#include "research/backtest/window.hpp"

namespace grekko::research {

std::uint64_t incarnation_of(std::uint64_t seed, std::uint64_t epoch) {
    constexpr std::uint64_t stream = 0x1CA2'0000'0000'0000U;
    Random random{seed, stream + epoch};
    return random.bits() >> 24U;
}

Session::Session(SessionRequest request)
    : request_{std::move(request)},
      engine_{request_.universe, request_.settings},
      window_{std::make_unique<Window>(*request_.source, request_.from, request_.to)},
      driver_{engine_,         *request_.journal, request_.recorder,
              request_.venues, request_.options,  request_.hooks} {}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(SessionRequest request) {
    ASSERT(request.source != nullptr);
    ASSERT(request.journal != nullptr);
    std::unique_ptr<Session> session{new Session{std::move(request)}};
    TRY(recovery, runtime::recover(session->engine_, *session->request_.journal));
    session->recovery_ = recovery;
    return session;
}

Result<void> Session::start() {
    TRY(first, window_->peek());
    Instant at = request_.start;
    if (at.is_none() && first == nullptr) {
        return make_error(ErrorCode::invalid_input,
                          "there is no market record to run on: the data is empty, or none of it "
                          "lies between --from and --to; `grekko data info` shows its span");
    }
    if (at.is_none()) {
        const bool bar = first->kind == MarketKind::bar;
        at = bar ? first->exchange_at : first->received_at - Duration::milliseconds(1);
    }
    at = std::max(at, recovery_.at);
    runtime::Opening opening;
    opening.incarnation =
        request_.incarnation.value_or(incarnation_of(request_.seed, engine_.epoch() + 1));
    opening.version = request_.version;
    opening.config_hash = request_.config_hash;
    opening.live_from = request_.live_from;
    opening.agents = request_.agents;
    opening.deposits = request_.deposits;
    return runtime::open_book(driver_, engine_, opening, at);
}

void Session::ended_by(std::string_view principal, std::string_view reason) {
    principal_ = Text<32>{principal};
    reason_ = Reason{reason};
}

Result<void> Session::stop(std::uint64_t target) {
    if (request_.before_stop) TRY(request_.before_stop());
    Command stop;
    stop.kind = CommandKind::shutdown;
    stop.target = target;
    stop.principal = principal_;
    stop.reason = reason_;
    TRY(driver_.input(Input{driver_.now(), stop}));
    return driver_.advance(driver_.now() + request_.settle);
}

Result<void> Session::finish() {
    TRY(stop(0));
    TRY(stop(1)); // the grace is over: exits that have not finished are cancelled as well
    TRY(driver_.flush());
    if (!request_.options.write_snapshots) return {};
    return driver_.write_snapshot();
}

Result<SessionResult> Session::run() {
    TRY(start());
    TRY(driver_.run(*window_));
    TRY(finish());
    SessionResult result;
    result.digest = engine_.digest();
    result.market_digest = engine_.market_digest();
    result.last = engine_.last_sequence();
    result.epoch = engine_.epoch();
    result.market_records = driver_.market_records();
    result.first_at = window_->first_at();
    result.last_at = window_->last_at();
    result.book = engine_.book(driver_.now());
    return result;
}

} // namespace grekko::research
