#include "tablet/feedback_queue.hpp"

#include "support/catch.hpp"

#include <string>

using namespace kedge::tablet;

TEST_CASE("feedback queue: of each address the newest, in the order in which they came to wait") {
    FeedbackQueue queue;
    queue.put({"/b", 1.0F});
    queue.put({"/a", 2.0F});
    queue.put({"/b", 3.0F});
    CHECK(queue.overtaken() == 1);
    CHECK(queue.take(1) == std::vector<Told>{{"/b", 3.0F}});
    queue.put({"/b", 4.0F});
    CHECK(queue.take(9) == std::vector<Told>{{"/a", 2.0F}, {"/b", 4.0F}});
    CHECK(queue.take(9).empty());
}

TEST_CASE(
    "feedback queue: what is too much is dropped and counted, and newer values still find their place") {
    FeedbackQueue queue;
    for (std::size_t i = 0; i < FeedbackQueue::most_waiting + 5; ++i)
        queue.put({"/" + std::to_string(i), static_cast<float>(i)});
    CHECK(queue.dropped() == 5);
    queue.put({"/7", std::string("new")});
    CHECK(queue.dropped() == 5);
    CHECK(queue.take(8).back() == Told{"/7", std::string("new")});
    queue.clear();
    CHECK(queue.take(8).empty());
}
