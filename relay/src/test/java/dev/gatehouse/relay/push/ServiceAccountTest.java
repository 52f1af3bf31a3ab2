package dev.gatehouse.relay.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 7.16 of the relay's specification, the keys. */
class ServiceAccountTest {

  private static final String EMAIL = "relay@example.org";
  private static final String URL = "https://oauth2.example.org/token";

  static Stream<String> keys() {
    return Stream.of(Keys.pkcs8(Keys.RSA), Keys.pkcs1());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void readsBothFormsOfAKey(String pem) {
    Optional<ServiceAccount> account =
        ServiceAccount.read(Keys.account("service_account", EMAIL, pem, URL));
    assertThat(account)
        .hasValueSatisfying(
            read -> {
              assertThat(read.clientEmail()).isEqualTo(EMAIL);
              assertThat(read.project()).contains("own-project");
              assertThat(read.tokenUri()).isEqualTo(URI.create(URL));
              assertThat(read.key()).isEqualTo(Keys.RSA.getPrivate());
            });
  }

  static Stream<String> refused() {
    String good = Keys.pkcs8(Keys.RSA);
    return Stream.of(
        "",
        "1",
        "s3cret",
        "[]",
        "{",
        "{}",
        Keys.account("authorized_user", EMAIL, good, URL),
        Keys.account("service_account", "", good, URL),
        Keys.account("service_account", EMAIL, Keys.pkcs8(Keys.EC), URL),
        Keys.account("service_account", EMAIL, good.substring(0, 200), URL),
        Keys.account("service_account", EMAIL, good.replace("MII", "AAA"), URL),
        Keys.account("service_account", EMAIL, good, "http://oauth2.example.org/token"),
        Keys.account("service_account", EMAIL, good, "https://user@oauth2.example.org/"),
        Keys.account("service_account", EMAIL, good, "not a url"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIsNone(String json) {
    assertThat(ServiceAccount.read(json)).isEmpty();
  }

  @Test
  void doesNotSayItsKey() {
    String json = Keys.account("service_account", EMAIL, Keys.pkcs8(Keys.RSA), URL);
    assertThat(ServiceAccount.read(json).orElseThrow())
        .hasToString("ServiceAccount[" + EMAIL + ", key withheld]");
  }
}
