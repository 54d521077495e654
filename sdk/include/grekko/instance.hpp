// The C side of a C++ strategy: tables of functions that check who calls when, turn records into
// typed events, call the handlers inside the guard and hand back a status. Nobody includes it but
// strategy.hpp; nothing here is for strategies to call.
#pragma once

#include <grekko/checks.hpp>
#include <grekko/dispatch.hpp>
#include <grekko/entry.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

namespace grekko::sdk {

using MakeStrategy = std::unique_ptr<Strategy> (*)(Context&);

template <Checking level>
class Instance {
public:
    Instance(const grekko_host* host, const grekko_setup& setup, MakeStrategy make,
             const grekko_state* state)
        : context_{host, setup},
          checks_{context_.host()},
          make_{make},
          state_{state},
          strategy_{make(context_)} {}

    grekko_strategy table() {
        return {sizeof(grekko_strategy),
                0,
                this,
                subscription,
                start,
                stop,
                process,
                extension,
                destroy};
    }

    static grekko_status save(void* self, std::uint8_t* bytes, std::uint64_t capacity,
                              std::uint64_t* used, grekko_error* error) {
        return of(self).call("save", when_made, error, [&](Instance& me) -> grekko_status {
            StateWriter writer;
            me.strategy_->save(writer);
            *used = writer.bytes().size();
            if (*used > capacity) return GREKKO_ERROR_FULL;
            if (*used > 0) std::memcpy(bytes, writer.bytes().data(), writer.bytes().size());
            return GREKKO_OK;
        });
    }
    static grekko_status load(void* self, std::uint32_t schema, const std::uint8_t* bytes,
                              std::uint64_t size, grekko_error* error) {
        const auto body = [&](Instance& me) -> grekko_status {
            if (schema == 0 || schema > me.state_->schema)
                throw Refusal{GREKKO_ERROR_INVALID, "the state has a schema that is not known"};
            try {
                StateReader reader{{bytes, static_cast<std::size_t>(size)}};
                me.strategy_->load(schema, reader);
                if (!reader.empty())
                    throw Refusal{GREKKO_ERROR_INVALID, "the state holds more than was read"};
                return GREKKO_OK;
            } catch (...) {
                me.context_.clear_subscriptions();
                me.strategy_ = me.make_(me.context_);
                throw;
            }
        };
        return of(self).call("load", created, error, body);
    }

private:
    static Instance& of(void* self) { return *static_cast<Instance*>(self); }

    // One call of the host: checked, guarded, and ended.
    template <class Body>
    grekko_status call(const char* name, unsigned states, grekko_error* error,
                       Body&& body) noexcept {
        const Turn<level> turn{checks_, name, states, error};
        if (!turn.allowed()) return GREKKO_ERROR_STATE;
        return guarded(error, [&] { return body(*this); });
    }

    static std::int32_t subscription(void* self, std::uint32_t index, grekko_subscription* out) {
        const auto all = of(self).context_.subscriptions();
        if (index >= all.size()) return 0;
        *out = all[index];
        return 1;
    }
    static grekko_status start(void* self, grekko_error* error) {
        return of(self).call("start", created | stopped, error, [](Instance& me) -> grekko_status {
            me.strategy_->on_start();
            me.checks_.enter(started);
            return GREKKO_OK;
        });
    }
    static void stop(void* self) {
        const auto body = [](Instance& me) -> grekko_status {
            me.checks_.enter(stopped);
            me.strategy_->on_stop();
            return GREKKO_OK;
        };
        char text[200];
        grekko_error error{text, sizeof text, 0};
        if (of(self).call("stop", started, &error, body) != GREKKO_OK)
            of(self).context_.host().error({text, error.size});
    }
    static grekko_status process(void* self, const grekko_batch* batch, grekko_output* output,
                                 grekko_error* error) {
        return of(self).call("process", started, error, [&](Instance& me) -> grekko_status {
            return dispatch(*me.strategy_, *batch, *output, error);
        });
    }
    static const void* extension(void* self, grekko_string id) {
        return view(id) == GREKKO_STATE ? of(self).state_ : nullptr;
    }
    static void destroy(void* self) { delete static_cast<Instance*>(self); }

    Context context_;
    Checks checks_;
    MakeStrategy make_;
    const grekko_state* state_; // null: nothing to save
    std::unique_ptr<Strategy> strategy_;
};

// The tables of a library with these strategies, all static.
template <Checking level, class... Strategies>
struct StrategyLibrary {
    static constexpr std::uint32_t count = sizeof...(Strategies);
    static constexpr grekko_descriptor descriptors[count] = {
        {sizeof(grekko_descriptor), static_cast<std::uint32_t>(Strategies::description.mode),
         to_string(Strategies::description.id), to_string(Strategies::description.version),
         to_string(Strategies::description.help),
         static_cast<std::uint32_t>(Strategies::description.parameters.size()), 0,
         Strategies::description.parameters.data()}...};
    static constexpr MakeStrategy makers[count] = {[](Context& context) {
        return std::unique_ptr<Strategy>{std::make_unique<Strategies>(context)};
    }...};
    static constexpr grekko_state states[count] = {
        {sizeof(grekko_state), Strategies::description.schema, Instance<level>::save,
         Instance<level>::load}...};

    static const grekko_descriptor* descriptor(std::uint32_t index) {
        return index < count ? &descriptors[index] : nullptr;
    }
    static grekko_status create(const grekko_host* host, const grekko_setup* setup,
                                grekko_strategy* out, grekko_error* error) {
        return guarded(error, [&]() -> grekko_status {
            std::uint32_t i = 0;
            while (i < count && view(descriptors[i].id) != view(setup->id))
                ++i;
            if (i == count) throw Refusal{GREKKO_ERROR_UNSUPPORTED, "no strategy has this id"};
            const auto* state = states[i].schema == 0 ? nullptr : &states[i];
            auto made = std::make_unique<Instance<level>>(host, *setup, makers[i], state);
            const grekko_strategy table = made->table();
            std::memcpy(out, &table, std::min<std::size_t>(out->size, sizeof table));
            made.release(); // NOLINT: the host destroys it
            return GREKKO_OK;
        });
    }
    static const void* factory(grekko_string id) {
        return view(id) == GREKKO_STRATEGY ? &strategies : nullptr;
    }
    static constexpr grekko_strategy_factory strategies = {sizeof(grekko_strategy_factory), 0,
                                                           descriptor, create};
};

template <class... Strategies>
const grekko_entry* strategy_entry() {
    using Library = StrategyLibrary<checking, Strategies...>;
    static constexpr grekko_entry entry = {
        sizeof(grekko_entry),
        GREKKO_ABI_MAGIC,
        GREKKO_ABI_MAJOR,
        GREKKO_ABI_MINOR,
        0,
        GREKKO_ABI_LAYOUT_HASH,
        to_string(GREKKO_SDK_VERSION),
        to_string(GREKKO_COMPILER),
        [](const grekko_host*, grekko_error*) -> grekko_status { return GREKKO_OK; },
        [] {},
        Library::factory,
        {}};
    return &entry;
}

} // namespace grekko::sdk
