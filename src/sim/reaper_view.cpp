#include "sim/reaper_view.hpp"

namespace kedge::sim {

namespace {

void step(ReaperView::Steps& view, ReaperView::Steps by) {
    view.x += by.x;
    view.y += by.y;
}

}  // namespace

/// A `b` starts a movement, or stops whichever there is, of the other axis too; a wheel and a trigger move a
/// step. A wheel's way is that of its turn, whichever key its path stands in.
bool ReaperView::on_call(const ReaperCall& call) {
    const bool scrolls = call.key.starts_with("SCROLL_");
    if (!scrolls && !call.key.starts_with("ZOOM_")) return false;
    const int pressed = call.trigger();
    if (pressed == 0) return true;
    const bool forward = call.key.ends_with('+');
    const int way = call.flag == reaper::Flag::rotary ? pressed : pressed < 0 ? 0 : forward ? 1 : -1;
    const bool across = call.key.find("_Y") != std::string_view::npos;
    const Steps wanted = across ? Steps{0, way} : Steps{way, 0};
    Steps& moving = scrolls ? scrolling_ : zooming_;
    if (call.flag == reaper::Flag::boolean) {
        moving = {moving.x != 0 ? 0 : wanted.x, moving.y != 0 ? 0 : wanted.y};
    } else {
        step(scrolls ? scrolled_ : zoomed_, wanted);
    }
    return true;
}

void ReaperView::run() {
    step(scrolled_, scrolling_);
    step(zoomed_, zooming_);
}

}  // namespace kedge::sim
