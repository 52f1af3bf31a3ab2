package dev.gatehouse.net.sockets.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceNamesTest {

  @TempDir private Path devices;

  @Test
  void noDeviceHasNoName() {
    assertThat(new InterfaceNames(devices).name(0)).isEmpty();
  }

  @Test
  void aDeviceIsFoundByItsIndex() throws IOException {
    device("eth0", "2\n");
    device("wg0", "17\n");
    assertThat(new InterfaceNames(devices).name(17)).isEqualTo("wg0");
  }

  @Test
  void anUnknownDeviceIsShownByItsIndex() throws IOException {
    device("eth0", "2\n");
    assertThat(new InterfaceNames(devices).name(3)).isEqualTo("if3");
  }

  @Test
  void whatIsNoDeviceIsPassedOver() throws IOException {
    Files.writeString(devices.resolve("bonding_masters"), "\n");
    device("broken", "x\n");
    device("eth0", "2\n");
    assertThat(new InterfaceNames(devices).name(2)).isEqualTo("eth0");
  }

  @Test
  void withoutTheFolderIndicesRemain() {
    assertThat(new InterfaceNames(devices.resolve("absent")).name(2)).isEqualTo("if2");
  }

  @Test
  void agreesWithTheJdkAboutThisHost() throws IOException {
    NetworkInterface loopback = NetworkInterface.getByName("lo");
    assertThat(new InterfaceNames().name(loopback.getIndex())).isEqualTo("lo");
  }

  private void device(String name, String index) throws IOException {
    Files.writeString(Files.createDirectory(devices.resolve(name)).resolve("ifindex"), index);
  }
}
