#include "paper/orders.hpp"

#include "paper/outbox.hpp"

namespace grekko::paper {

Order& Orders::add(const Order& order) {
    const std::uint64_t number = ++last_;
    Order& added = orders_.emplace(number, order).first->second;
    added.number = number;
    if (order.request.order != 0) by_host_[order.request.order] = number;
    name(added, read_text(order.request.client_id));
    return added;
}

void Orders::name(Order& order, std::string_view client_id) {
    std::deque<std::string>& names = names_[order.number];
    if (!names.empty()) by_client_[names.back()] = 0;
    by_client_[std::string{client_id}] = order.number;
    names.emplace_back(client_id);
}

void Orders::closed(const Order& order) {
    closed_.push_back(order.number);
    if (closed_.size() <= closed_max_) return;
    const std::uint64_t oldest = closed_.front();
    closed_.pop_front();
    const auto found = orders_.find(oldest);
    by_host_.erase(found->second.request.order);
    for (const std::string& name : names_[oldest])
        by_client_.erase(name);
    names_.erase(oldest);
    orders_.erase(found);
}

Order* Orders::by_number(std::uint64_t number) {
    const auto found = orders_.find(number);
    return found == orders_.end() ? nullptr : &found->second;
}

Order* Orders::by_host(std::uint64_t host) {
    const auto found = by_host_.find(host);
    return found == by_host_.end() ? nullptr : by_number(found->second);
}

Order* Orders::by_client(std::string_view client_id) {
    const auto found = by_client_.find(std::string{client_id});
    return found == by_client_.end() ? nullptr : by_number(found->second);
}

bool Orders::taken(std::string_view client_id) const {
    return by_client_.contains(std::string{client_id});
}

Order* Orders::find(const grekko_request& request) {
    const std::string_view client_id = read_text(request.client_id);
    if (!client_id.empty()) return by_client(client_id);
    return request.order == 0 ? nullptr : by_host(request.order);
}

} // namespace grekko::paper
