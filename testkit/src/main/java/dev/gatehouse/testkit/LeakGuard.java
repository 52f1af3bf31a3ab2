package dev.gatehouse.testkit;

import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a buffer unreleased.
 *
 * <p>Works where the module sets the property {@code test.jvm.args} to {@code
 * -Dio.netty.customResourceLeakDetector=io.netty.util.LeakPresenceDetector}, and fails every test
 * where it does not. Wrapped arrays are not tracked: use {@link Hex#buffer} or the allocator.
 */
public final class LeakGuard implements BeforeAllCallback, AfterEachCallback {

  /** What a class without a guard has left behind is not this one's. */
  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      LeakPresenceDetector.check();
    } catch (IllegalStateException _) {
      // told once, it is forgotten
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    LeakPresenceDetector.check();
  }
}
