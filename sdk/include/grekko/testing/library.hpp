// Library: a plugin as a file, loaded the way a host loads it (all symbols at once, none shared),
// refused before any call where its entry does not fit. It copies and watches nothing; a test loads
// what was just built. Tests of plugins use it with FakeHost.
#pragma once

#include <grekko/entry_check.hpp>
#include <grekko/text.hpp>

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace grekko::sdk::testing {

class Library {
public:
    // Throws std::runtime_error with the reason.
    explicit Library(const std::string& path)
        : handle_{dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)} { // NOLINT
        if (handle_ == nullptr) throw std::runtime_error{reason()};
        auto* const symbol = dlsym(handle_, GREKKO_ENTRY_SYMBOL);
        if (symbol == nullptr) fail(reason());
        entry_ = reinterpret_cast<grekko_plugin_entry_function>(symbol)();
        if (const auto wrong = entry_mismatch(entry_)) fail(*wrong);
    }
    ~Library() {
        if ((entry_->flags & GREKKO_ENTRY_KEEP_LOADED) == 0) dlclose(handle_);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    const grekko_entry& entry() const { return *entry_; }

private:
    static std::string reason() {
        const char* text = dlerror(); // NOLINT: tests load on one thread
        return text == nullptr ? "the library cannot be loaded" : text;
    }
    [[noreturn]] void fail(const std::string& why) {
        dlclose(handle_);
        throw std::runtime_error{why};
    }

    void* handle_;
    const grekko_entry* entry_{nullptr};
};

} // namespace grekko::sdk::testing
