package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class LeakGuardTest {

  private final ExtensionContext context =
      (ExtensionContext)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ExtensionContext.class},
              (proxy, method, arguments) -> null);

  @Test
  void aBufferThatNobodyReleasedFailsItsTestAndNoOther() {
    LeakGuard guard = new LeakGuard();
    ByteBuf leaked = Hex.buffer("00");
    assertThat(leaked.refCnt()).isOne();
    assertThatIllegalStateException().isThrownBy(() -> guard.afterEach(context));
    assertThatCode(() -> guard.afterEach(context)).doesNotThrowAnyException();
  }

  @Test
  void aReleasedBufferDoesNot() {
    Hex.buffer("00").release();
    assertThatCode(() -> new LeakGuard().afterEach(context)).doesNotThrowAnyException();
  }
}
