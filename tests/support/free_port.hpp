// A TCP port on 127.0.0.1 that was free a moment ago, for a program that cannot be told port 0.
// It is not a reservation: whoever can bind port 0 itself and read the port back should do that.
// Used by tests that start another process which listens.
#pragma once

#include <cstdint>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace grekko::tests {

// Throws std::runtime_error where the machine gives no port.
inline std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const bool found = socket >= 0 && ::bind(socket, generic, size) == 0 &&
                       ::getsockname(socket, generic, &size) == 0;
    if (socket >= 0) {
        ::close(socket);
    }
    if (!found) {
        throw std::runtime_error{"no free TCP port on 127.0.0.1"};
    }
    return ntohs(address.sin_port);
}

} // namespace grekko::tests
