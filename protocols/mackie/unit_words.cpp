#include "mackie/unit_words.hpp"

namespace kedge::mackie {

std::optional<Model> model_from(midi::Data7 number) {
    switch (const auto model = static_cast<Model>(number.value())) {
        case Model::logic_control:
        case Model::logic_control_extender:
        case Model::main_unit:
        case Model::extender:
            return model;
    }
    return std::nullopt;
}

}  // namespace kedge::mackie
