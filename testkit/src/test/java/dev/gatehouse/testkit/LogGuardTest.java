package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogGuardTest {

  private static final Logger log = LoggerFactory.getLogger(LogGuardTest.class);

  private final LogGuard guard = new LogGuard();
  private final ExtensionContext context =
      (ExtensionContext)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ExtensionContext.class},
              (proxy, method, arguments) -> null);

  @BeforeEach
  void watch() {
    guard.beforeEach(context);
  }

  @Test
  void anUnexpectedWarningFailsTheTest() {
    log.atWarn().setMessage("listener_failed").addKeyValue("port", 443).log();
    assertThatThrownBy(() -> guard.afterEach(context))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "logged: [LoggedEvent[level=WARN, event=listener_failed, fields={port=443}]],"
                + " not logged: []");
  }

  @Test
  void anUnexpectedErrorFailsTheTest() {
    log.atError().setMessage("listener_failed").log();
    assertThatThrownBy(() -> guard.afterEach(context)).isInstanceOf(AssertionError.class);
  }

  @Test
  void anExpectedWarningDoesNot() {
    guard.expect("listener_failed");
    log.atWarn().setMessage("listener_failed").log();
    assertThatCode(() -> guard.afterEach(context)).doesNotThrowAnyException();
  }

  @Test
  void anExpectedEventThatNeverCameFailsTheTest() {
    guard.expect("listener_failed");
    assertThatThrownBy(() -> guard.afterEach(context))
        .hasMessage("logged: [], not logged: [listener_failed]");
  }

  @Test
  void quieterLinesAreOnlyKept() {
    log.atInfo().setMessage("ready").addKeyValue("listeners", 2).log();
    assertThat(guard.events("ready"))
        .containsExactly(new LoggedEvent(Level.INFO, "ready", Map.of("listeners", "2")));
    assertThatCode(() -> guard.afterEach(context)).doesNotThrowAnyException();
  }

  @Test
  void nothingIsKeptAfterTheTest() {
    guard.afterEach(context);
    log.atWarn().setMessage("late").log();
    assertThat(guard.events("late")).isEmpty();
  }
}
