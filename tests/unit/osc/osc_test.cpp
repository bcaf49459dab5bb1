#include "osc/osc.hpp"

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace kedge;

namespace {

using Bytes = std::vector<std::byte>;

template <std::size_t N>
Bytes raw(const char (&text)[N]) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < N; ++i) bytes.push_back(static_cast<std::byte>(text[i]));
    return bytes;
}

void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Bytes bundle(const std::vector<Bytes>& elements) {
    Bytes bytes = raw("#bundle\0\0\0\0\0\0\0\0\1");
    for (const Bytes& element : elements) {
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            bytes.push_back(static_cast<std::byte>((element.size() >> shift) & 0xFFU));
        append(bytes, element);
    }
    return bytes;
}

Bytes nested(int depth, const Bytes& innermost) {
    Bytes bytes = innermost;
    for (int i = 0; i < depth; ++i) bytes = bundle({bytes});
    return bytes;
}

/// Every way to read every argument, and one past the end: whatever the bytes were, none of it may read
/// beyond them.
std::size_t read_all(const osc::Message& message) {
    std::size_t seen = message.address().size() + message.types().size();
    for (std::size_t i = 0; i <= message.size(); ++i) {
        seen += message.int32(i).has_value() ? 1U : 0U;
        seen += message.float32(i).has_value() ? 1U : 0U;
        seen += message.int64(i).has_value() ? 1U : 0U;
        seen += message.float64(i).has_value() ? 1U : 0U;
        seen += message.number(i).has_value() ? 1U : 0U;
        if (const auto text = message.string(i)) seen += text->size();
    }
    return seen;
}

std::size_t read_all(const Bytes& datagram) {
    std::size_t seen = 0;
    for (const auto& message : osc::decode(datagram).messages) seen += read_all(message);
    if (const auto one = osc::decode_message(datagram)) seen += read_all(*one);
    return seen;
}

}  // namespace

TEST_CASE("every type is written as OSC 1.0 has it") {
    CHECK(osc::encode("/a", {std::int32_t{-2}}) == raw("/a\0\0,i\0\0\xFF\xFF\xFF\xFE"));
    CHECK(osc::encode("/a", {1.0F}) == raw("/a\0\0,f\0\0\x3F\x80\0\0"));
    CHECK(osc::encode("/a", {std::int64_t{0x0102030405060708}}) ==
          raw("/a\0\0,h\0\0\x01\x02\x03\x04\x05\x06\x07\x08"));
    CHECK(osc::encode("/a", {-2.0}) == raw("/a\0\0,d\0\0\xC0\0\0\0\0\0\0\0"));
    CHECK(osc::encode("/a", {std::string_view("Bass")}) == raw("/a\0\0,s\0\0Bass\0\0\0\0"));
    CHECK(osc::encode("/abc", {std::string_view("")}) == raw("/abc\0\0\0\0,s\0\0\0\0\0\0"));
    CHECK(osc::encode("/strip/list") == raw("/strip/list\0,\0\0\0"));
    CHECK(osc::encode("/m", {std::int32_t{1}, std::string_view("xyz"), 0.5F}) ==
          raw("/m\0\0,isf\0\0\0\0\0\0\0\1xyz\0\x3F\0\0\0"));
}

TEST_CASE("every type is read back from its bytes") {
    const Bytes bytes =
        raw("/all\0\0\0\0,ifhdsTF\0\0\0\0"
            "\xFF\xFF\xFF\xFE"
            "\x3F\x80\0\0"
            "\0\0\0\1\0\0\0\0"
            "\xC0\0\0\0\0\0\0\0"
            "Lead\0\0\0\0");
    const auto message = osc::decode_message(bytes);
    REQUIRE(message);
    CHECK(message->address() == "/all");
    CHECK(message->types() == "ifhdsTF");
    CHECK(message->int32(0) == -2);
    CHECK(message->float32(1) == 1.0F);
    CHECK(message->int64(2) == std::int64_t{4294967296});
    CHECK(message->float64(3) == -2.0);
    CHECK(message->string(4) == std::string_view("Lead"));
    CHECK(message->number(0) == -2.0);
    CHECK(message->number(1) == 1.0);
    CHECK(message->number(2) == 4294967296.0);
    CHECK(message->number(3) == -2.0);
    CHECK_FALSE(message->number(4));
    CHECK(message->number(5) == 1.0);
    CHECK(message->number(6) == 0.0);
}

TEST_CASE("an argument is given only as what it is") {
    const Bytes bytes = osc::encode("/a", {std::int32_t{1}, std::string_view("two")});
    const auto message = osc::decode_message(bytes);
    REQUIRE(message);
    CHECK_FALSE(message->float32(0));
    CHECK_FALSE(message->int64(0));
    CHECK_FALSE(message->float64(0));
    CHECK_FALSE(message->string(0));
    CHECK_FALSE(message->int32(1));
    CHECK_FALSE(message->int32(2));
    CHECK_FALSE(message->number(2));
    CHECK_FALSE(message->string(2));
}

TEST_CASE("arguments behind strings, blobs and unusual types are found") {
    const Bytes bytes =
        raw("/x\0\0,bSctNi\0"
            "\0\0\0\5abcde\0\0\0"
            "symbol\0\0"
            "\0\0\0A"
            "\0\0\0\0\0\0\0\1"
            "\0\0\0\7");
    const auto message = osc::decode_message(bytes);
    REQUIRE(message);
    REQUIRE(message->size() == 6);
    CHECK(message->int32(5) == 7);
}

TEST_CASE("infinities and NaN are values like others on this level") {
    const float infinity = std::numeric_limits<float>::infinity();
    const Bytes bytes = osc::encode("/a", {std::nanf(""), infinity, -infinity, std::nan("")});
    const auto message = osc::decode_message(bytes);
    REQUIRE(message);
    REQUIRE(message->number(0));
    CHECK(std::isnan(*message->number(0)));
    CHECK(message->number(1) == std::numeric_limits<double>::infinity());
    CHECK(message->number(2) == -std::numeric_limits<double>::infinity());
    REQUIRE(message->number(3));
    CHECK(std::isnan(*message->number(3)));
}

TEST_CASE("an address need not begin with a slash") {
    const Bytes bytes = osc::encode("#reply", {std::string_view("AT"), std::int32_t{1}});
    const auto message = osc::decode_message(bytes);
    REQUIRE(message);
    CHECK(message->address() == "#reply");
    CHECK(message->string(0) == std::string_view("AT"));
    CHECK(message->int32(1) == 1);
}

TEST_CASE("a message without type tags has no arguments") {
    for (const Bytes& bytes : {raw("/abc\0\0\0\0"), raw("/abc\0\0\0\0,\0\0\0")}) {
        const auto message = osc::decode_message(bytes);
        REQUIRE(message);
        CHECK(message->address() == "/abc");
        CHECK(message->size() == 0);
        CHECK_FALSE(message->number(0));
    }
}

TEST_CASE("a bundle gives its messages in order, bundles inside it too") {
    const Bytes one = osc::encode("/one", {std::int32_t{1}});
    const Bytes two = osc::encode("/two");
    const Bytes three = osc::encode("/three", {3.0F});
    const Bytes bytes = bundle({one, bundle({two, bundle({})}), three});
    CHECK_FALSE(osc::decode_message(bytes));
    const auto decoded = osc::decode(bytes);
    CHECK_FALSE(decoded.malformed);
    REQUIRE(decoded.messages.size() == 3);
    CHECK(decoded.messages[0].address() == "/one");
    CHECK(decoded.messages[0].int32(0) == 1);
    CHECK(decoded.messages[1].address() == "/two");
    CHECK(decoded.messages[2].address() == "/three");
    CHECK(decoded.messages[2].float32(0) == 3.0F);
    CHECK_FALSE(osc::decode(bundle({})).malformed);
}

TEST_CASE("bundles are unpacked eight deep and no deeper") {
    const Bytes message = osc::encode("/deep");
    const auto eight = osc::decode(nested(8, message));
    CHECK_FALSE(eight.malformed);
    CHECK(eight.messages.size() == 1);
    const auto nine = osc::decode(nested(9, message));
    CHECK(nine.malformed);
    CHECK(nine.messages.empty());
    CHECK(osc::decode(nested(500, message)).malformed);
}

TEST_CASE("what came before the fault in a bundle is delivered") {
    Bytes bytes = bundle({osc::encode("/good"), raw("/bad")});
    auto decoded = osc::decode(bytes);
    CHECK(decoded.malformed);
    REQUIRE(decoded.messages.size() == 1);
    CHECK(decoded.messages[0].address() == "/good");

    bytes = bundle({osc::encode("/good")});
    append(bytes, raw("\xFF\xFF\xFF\xFF"));
    decoded = osc::decode(bytes);
    CHECK(decoded.malformed);
    CHECK(decoded.messages.size() == 1);
}

TEST_CASE("a message cut short anywhere is malformed") {
    const Bytes whole = osc::encode(
        "/strip/gain/7", {std::int32_t{7}, std::string_view("Lead Vocal"), -3.5F, std::int64_t{1}, 2.0});
    constexpr std::size_t address_alone = 16;
    REQUIRE(osc::decode_message(whole));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        // A copy of exactly this length, so that a sanitizer sees a read beyond it.
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        const auto decoded = osc::decode(cut);
        // An address without type tags is a message of old senders.
        const bool valid = length == address_alone;
        CHECK(decoded.malformed == !valid);
        CHECK(osc::decode_message(cut).has_value() == valid);
        read_all(cut);
    }
}

TEST_CASE("a bundle cut short anywhere never brings more than it has") {
    const Bytes whole =
        bundle({osc::encode("/one", {std::int32_t{1}}), bundle({osc::encode("/two", {2.0F})})});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        CHECK(osc::decode(cut).messages.size() <= 1);
        read_all(cut);
    }
    CHECK(osc::decode(whole).messages.size() == 2);
}

TEST_CASE("the short way to one number and the long way say the same, whichever byte is no more") {
    // Alone, such a message is looked at in place; in a bundle it goes through oscpack.
    for (std::size_t length = 0; length <= 40; ++length) {
        const Bytes whole = osc::encode(std::string(length, 'a'), {-3.5F});
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const char put : {'\0', 'x'}) {
                CAPTURE(length, at, put);
                Bytes bytes = whole;
                bytes[at] = static_cast<std::byte>(put);
                const auto in_place = osc::decode_message(bytes);
                const Bytes wrapped = bundle({bytes});
                const auto decoded = osc::decode(wrapped);
                REQUIRE(in_place.has_value() == !decoded.malformed);
                if (!in_place) continue;
                const auto& parsed = decoded.messages.front();
                CHECK(in_place->address() == parsed.address());
                CHECK(in_place->types() == parsed.types());
                CHECK(in_place->number(0) == parsed.number(0));
            }
        }
    }
}

TEST_CASE("bytes that are no OSC are malformed") {
    CHECK(osc::decode({}).malformed);
    CHECK_FALSE(osc::decode_message({}));
    CHECK(osc::decode(raw("abc")).malformed);
    CHECK(osc::decode(raw("/abcdefg")).malformed);
    CHECK(osc::decode(raw("/a\0\0iii\0")).malformed);
    CHECK(osc::decode(raw("/a\0\0,i\0\0")).malformed);
    CHECK(osc::decode(raw("/a\0\0,s\0\0abcd")).malformed);
    CHECK(osc::decode(raw("/a\0\0,?\0\0")).malformed);
}

TEST_CASE("random bytes never do harm") {
    const auto seed = std::random_device{}();
    std::cout << "random bytes: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
    };
    const std::vector<Bytes> grown = {
        osc::encode("/strip/gain/7", {-3.5F}),
        osc::encode("/reply",
                    {std::string_view("AT"), std::string_view("Bass"), std::int32_t{1}, std::int64_t{2}}),
        bundle({osc::encode("/one", {1.0}), bundle({osc::encode("/two", {std::string_view("x")})})}),
        raw("/x\0\0,bSctNi\0\0\0\0\5abcde\0\0\0symbol\0\0\0\0\0A\0\0\0\0\0\0\0\1\0\0\0\7"),
    };
    std::size_t seen = 0;
    for (int round = 0; round < 50'000; ++round) {
        CAPTURE(round);
        Bytes bytes;
        if (round % 2 == 0) {
            bytes.resize(below(64));
            for (auto& byte : bytes) byte = static_cast<std::byte>(below(256));
        } else {
            bytes = grown[below(grown.size())];
            for (std::size_t flips = 1 + below(4); flips > 0; --flips)
                bytes[below(bytes.size())] = static_cast<std::byte>(below(256));
            if (below(4) == 0) bytes.resize(4 * below(bytes.size() / 4 + 1));
            bytes.shrink_to_fit();
        }
        seen += read_all(bytes);
    }
    CHECK(seen > 0);
}

TEST_CASE("whatever is written reads back") {
    const auto seed = std::random_device{}();
    std::cout << "there and back: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        CAPTURE(round);
        const auto whole = static_cast<std::int64_t>(random());
        const auto half = static_cast<std::int32_t>(random() >> 33U);
        const double number = static_cast<double>(whole) / 7.0;
        const std::string text(random() % 40, 'x');
        const std::string address = "/" + std::string(random() % 20, 'y');
        const Bytes bytes =
            osc::encode(address, {half, whole, std::string_view(text), number, static_cast<float>(number)});
        CHECK(bytes.size() % 4 == 0);
        const auto message = osc::decode_message(bytes);
        REQUIRE(message);
        CHECK(message->address() == address);
        CHECK(message->types() == "ihsdf");
        CHECK(message->int32(0) == half);
        CHECK(message->int64(1) == whole);
        CHECK(message->string(2) == std::string_view(text));
        CHECK(message->float64(3) == number);
        CHECK(message->float32(4) == static_cast<float>(number));
    }
}

TEST_CASE("a bundle has the time tag \"immediately\" and its messages in order") {
    const std::vector<Bytes> messages = {osc::encode("/a", {1.0F}),
                                         osc::encode("/b", {std::string_view("x")})};
    const Bytes bundle = osc::encode_bundle(messages);
    const std::string_view head("#bundle\0\0\0\0\0\0\0\0\x01\0\0\0\x0C", 20);
    REQUIRE(bundle.size() ==
            osc::bundle_head + 2 * osc::bundle_element_head + messages[0].size() + messages[1].size());
    CHECK(std::string_view(reinterpret_cast<const char*>(bundle.data()), head.size()) == head);
    const auto decoded = osc::decode(bundle);
    REQUIRE(decoded.messages.size() == 2);
    CHECK(decoded.messages[0].address() == "/a");
    CHECK(decoded.messages[1].string(0) == "x");
    CHECK_FALSE(osc::decode_message(bundle));
    CHECK(osc::encode_bundle({}).size() == osc::bundle_head);
}
