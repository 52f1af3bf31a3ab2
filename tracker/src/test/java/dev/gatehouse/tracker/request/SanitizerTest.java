package dev.gatehouse.tracker.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SanitizerTest {

  private static final Sanitizer ALL = new Sanitizer(false, 100, 50, 50);
  private static final Sanitizer PUBLIC = new Sanitizer(true, 100, 50, 50);

  /** F is an address at which the client is seen, T one that it claims. */
  private static final List<RequestAddress> MIXED =
      addresses(
          "1.2.3.4 F",
          "1.2.3.4 T",
          "4.3.2.1 F",
          "4.3.2.1 F",
          "10.0.0.1 F",
          "172.16.0.1 T",
          "192.168.0.1 F",
          "127.0.0.1 T",
          "224.0.0.1 T",
          "233.252.0.1 T",
          "255.255.255.255 T",
          "169.254.0.1 T",
          "ff01::1 T",
          "fe80::1 T");

  @Test
  void dropsWhatNoPeerCanHave() {
    assertThat(ALL.addresses(MIXED))
        .isEqualTo(
            addresses(
                "1.2.3.4 T",
                "172.16.0.1 T",
                "127.0.0.1 T",
                "169.254.0.1 T",
                "fe80::1 T",
                "4.3.2.1 F",
                "10.0.0.1 F",
                "192.168.0.1 F"));
  }

  @Test
  void dropsWhatTheInternetCannotReachIfAsked() {
    assertThat(PUBLIC.addresses(MIXED)).isEqualTo(addresses("1.2.3.4 T", "4.3.2.1 F"));
  }

  @Test
  void nobodyIsLeftWhereAllAreDropped() {
    assertThat(ALL.addresses(List.of())).isEmpty();
    assertThat(ALL.addresses(addresses("0.0.0.0 F", ":: T"))).isEmpty();
    assertThat(PUBLIC.addresses(addresses("10.0.0.1 F"))).isEmpty();
  }

  @Test
  void aMappedAddressIsIpv4() {
    assertThat(ALL.addresses(addresses("::ffff:1.2.3.4 F", "1.2.3.4 T")))
        .isEqualTo(addresses("1.2.3.4 T"));
    assertThat(PUBLIC.addresses(addresses("::ffff:10.0.0.1 F"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "100, 100", "101, 100", "1000, 100", "4294967295, 100"})
  void answersWithNoMorePeersThanTheMost(long asked, int numWant) {
    assertThat(ALL.numWant(OptionalLong.of(asked))).isEqualTo(numWant);
  }

  @Test
  void answersWhoDoesNotSayHowManyWithTheDefault() {
    assertThat(ALL.numWant(OptionalLong.empty())).isEqualTo(50);
  }

  private static List<RequestAddress> addresses(String... texts) {
    return Stream.of(texts)
        .map(text -> text.split(" ", -1))
        .map(
            parts ->
                new RequestAddress(IpAddress.parse(parts[0]).orElseThrow(), parts[1].equals("T")))
        .toList();
  }
}
