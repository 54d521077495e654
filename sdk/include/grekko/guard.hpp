// The guard at the boundary: whatever a plugin's C++ throws ends here as a status and a sentence,
// since no exception may cross the C ABI. It is no sandbox: a crash stays a crash. Every function
// that a plugin hands to a host goes through it.
#pragma once

#include <grekko/text.hpp>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace grekko::sdk {

// Thrown by a plugin that wants another status than GREKKO_ERROR_EXCEPTION: a parameter that makes
// no sense, a state of a schema that is not known.
class Refusal : public std::runtime_error {
public:
    Refusal(grekko_status status, const std::string& what)
        : std::runtime_error{what},
          status_{status} {}
    grekko_status status() const { return status_; }

private:
    grekko_status status_;
};

// What function returns, a grekko_status; or the status and sentence of what it threw.
template <class Function>
grekko_status guarded(grekko_error* error, Function&& function) noexcept {
    try {
        return std::forward<Function>(function)();
    } catch (const Refusal& refusal) {
        write(error, refusal.what());
        return refusal.status();
    } catch (const std::exception& exception) {
        write(error, exception.what());
        return GREKKO_ERROR_EXCEPTION;
    } catch (...) {
        write(error, "something was thrown that is no std::exception");
        return GREKKO_ERROR_EXCEPTION;
    }
}

} // namespace grekko::sdk
