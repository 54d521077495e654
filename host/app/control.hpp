// The control socket of a running book: a Unix socket beside its journal, one JSON object a line
// each way. {"command":"halt","reason":"…"} → {"ok":true,"message":"…"}. It knows no command: what
// comes in goes to a function. Only the user who runs the book can open it. `grekko run` serves it
// between two records, `grekko halt` and its like talk to it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace grekko::app {

class ControlServer {
public:
    // Removes the socket of a process that is gone. in_use: one that lives has it; io_error.
    static Result<std::unique_ptr<ControlServer>> open(const std::filesystem::path& path);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    // Waits at most so long for requests, answers those that came with handle(line), returns
    // whether there was one. A client is dropped that sends a line without end or reads no answers,
    // and the oldest one where there are too many. It never waits for a client.
    using Handle = std::function<std::string(const std::string& line)>;
    bool serve(std::chrono::milliseconds wait, const Handle& handle);

private:
    struct Client {
        int descriptor{-1};
        std::string received;
    };
    ControlServer(std::filesystem::path path, int descriptor);
    bool read_client(Client& client, const Handle& handle);

    std::filesystem::path path_;
    int descriptor_;
    std::vector<Client> clients_;
};

// Sends one line and waits for the answer. unavailable: nobody serves there.
Result<std::string> ask_control(const std::filesystem::path& path, const std::string& line);

} // namespace grekko::app
