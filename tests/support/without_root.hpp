#pragma once

#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

namespace kedge::test {

/// For as long as it lives, file permissions bind this process even when it was started by root.
class WithoutRoot {
  public:
    WithoutRoot() : was_root_(geteuid() == 0) {
        constexpr uid_t nobody = 65534;
        if (was_root_ && seteuid(nobody) != 0) throw std::runtime_error("cannot give up root");
    }
    ~WithoutRoot() {
        if (was_root_ && seteuid(0) != 0) std::abort();
    }
    WithoutRoot(const WithoutRoot&) = delete;
    WithoutRoot& operator=(const WithoutRoot&) = delete;

  private:
    bool was_root_;
};

}  // namespace kedge::test
