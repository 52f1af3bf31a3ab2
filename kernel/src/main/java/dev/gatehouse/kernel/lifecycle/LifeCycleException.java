package dev.gatehouse.kernel.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part did not start or did not stop as it should; what else went wrong is suppressed in it. */
public final class LifeCycleException extends Exception {

  private static final long serialVersionUID = 1;

  LifeCycleException(String message) {
    super(message);
  }

  LifeCycleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  LifeCycleException with(List<? extends Throwable> failures) {
    failures.forEach(this::addSuppressed);
    return this;
  }
}
