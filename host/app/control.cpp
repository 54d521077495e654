#include "app/control.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace grekko::app {
namespace {

constexpr std::size_t clients_max = 16;
constexpr std::size_t line_bytes_max = 64U << 10U;
constexpr int answer_wait_ms = 10'000;

Error failed(const std::filesystem::path& path, const char* what) {
    return make_error(ErrorCode::io_error,
                      path.string() + ": " + what + ": " + std::strerror(errno));
}

Result<sockaddr_un> address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string text = path.string();
    if (text.size() >= sizeof address.sun_path) {
        return make_error(ErrorCode::invalid_config,
                          text + " is too long for a socket; set book.folder to a shorter path");
    }
    std::memcpy(address.sun_path, text.data(), text.size());
    return address;
}

// A connected socket, or -1.
int connect_to(const sockaddr_un& address) {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        return descriptor;
    }
    ::close(descriptor);
    return -1;
}

// All of it, or false. `flags` MSG_DONTWAIT: false too where the other side does not take it.
bool send_all(int descriptor, std::string_view text, int flags) {
    while (!text.empty()) {
        const ssize_t sent = ::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL | flags);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

ControlServer::ControlServer(std::filesystem::path path, int descriptor)
    : path_{std::move(path)},
      descriptor_{descriptor} {}

ControlServer::~ControlServer() {
    for (const Client& client : clients_)
        ::close(client.descriptor);
    ::close(descriptor_);
    ::unlink(path_.c_str());
}

Result<std::unique_ptr<ControlServer>> ControlServer::open(const std::filesystem::path& path) {
    TRY(address, address_of(path));
    if (const int living = connect_to(address); living >= 0) {
        ::close(living);
        return make_error(ErrorCode::in_use,
                          path.string() + ": another process runs this book; stop that one, or "
                                          "set book.name to run a second book");
    }
    ::unlink(path.c_str());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return failed(path, "no socket");
    const mode_t before = ::umask(0177);
    const int bound =
        ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::umask(before);
    if (bound != 0 || ::listen(descriptor, 8) != 0) {
        const Error error = failed(path, "cannot listen");
        ::close(descriptor);
        return error;
    }
    return std::unique_ptr<ControlServer>{new ControlServer{path, descriptor}};
}

// False: the client is done or gone.
bool ControlServer::read_client(Client& client, const Handle& handle) {
    char bytes[4096];
    const ssize_t got = ::recv(client.descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    client.received.append(bytes, static_cast<std::size_t>(got));
    if (client.received.size() > line_bytes_max) return false;
    std::size_t end = 0;
    while ((end = client.received.find('\n')) != std::string::npos) {
        const std::string line = client.received.substr(0, end);
        client.received.erase(0, end + 1);
        // Never waits: whoever reads no answers must not stop the book.
        if (!send_all(client.descriptor, handle(line) + "\n", MSG_DONTWAIT)) return false;
    }
    return true;
}

bool ControlServer::serve(std::chrono::milliseconds wait, const Handle& handle) {
    std::vector<pollfd> waiting{{descriptor_, POLLIN, 0}};
    for (const Client& client : clients_)
        waiting.push_back({client.descriptor, POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(wait.count())) <= 0) return false;
    for (std::size_t i = 1; i < waiting.size(); ++i) {
        if (waiting[i].revents == 0) continue;
        Client& client = clients_[i - 1];
        if (read_client(client, handle)) continue;
        ::close(client.descriptor);
        client.descriptor = -1;
    }
    std::erase_if(clients_, [](const Client& client) { return client.descriptor < 0; });
    if ((waiting[0].revents & POLLIN) != 0) {
        const int accepted = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
        if (accepted < 0) return true;
        if (clients_.size() >= clients_max) { // the oldest goes: a halt must always get in
            ::close(clients_.front().descriptor);
            clients_.erase(clients_.begin());
        }
        clients_.push_back({accepted, {}});
    }
    return true;
}

Result<std::string> ask_control(const std::filesystem::path& path, const std::string& line) {
    TRY(address, address_of(path));
    const int descriptor = connect_to(address);
    if (descriptor < 0) {
        return make_error(ErrorCode::unavailable,
                          path.string() + ": no book runs here; start it with `grekko run`, or "
                                          "name the right one with --set book.name=…");
    }
    std::string answer;
    bool whole = send_all(descriptor, line + "\n", 0);
    while (whole && answer.find('\n') == std::string::npos) {
        pollfd waiting{descriptor, POLLIN, 0};
        char bytes[4096];
        whole = ::poll(&waiting, 1, answer_wait_ms) > 0;
        const ssize_t got = whole ? ::recv(descriptor, bytes, sizeof bytes, 0) : 0;
        whole = got > 0;
        if (whole) answer.append(bytes, static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    if (!whole) {
        return make_error(ErrorCode::unavailable, "the running book did not answer within 10 s");
    }
    return answer.substr(0, answer.find('\n'));
}

} // namespace grekko::app
