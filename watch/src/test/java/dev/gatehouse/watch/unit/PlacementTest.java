package dev.gatehouse.watch.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  private static final String ID =
      "3f2a9c0d11ee00112233445566778899aabbccddeeff00112233445566778899";
  private static final String OTHER =
      "0123456789ab00112233445566778899aabbccddeeff00112233445566778899";

  @ParameterizedTest
  @CsvSource({
    "/system.slice/nginx.service, nginx.service, ''",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service,"
        + " syncthing.service, ''",
    "/user.slice/user-1000.slice/session-3.scope, session-3.scope, ''",
    "/init.scope, init.scope, ''",
    "/system.slice/docker-ID.scope, '', 3f2a9c0d11ee",
    "/docker/ID, '', 3f2a9c0d11ee",
    "/machine.slice/libpod-ID.scope, '', 3f2a9c0d11ee",
    "/machine.slice/libpod-ID.scope/container, '', 3f2a9c0d11ee",
    "/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope, '', 3f2a9c0d11ee",
    "/kubepods.slice/kubepods-pod1.slice/crio-ID.scope, '', 3f2a9c0d11ee",
    "/kubepods/burstable/pod0af1/ID, '', 3f2a9c0d11ee",
    "/lxc.payload.web/init.scope, init.scope, web",
    "/lxc/web, '', web",
    "/machine.slice/systemd-nspawn@web.service/payload, systemd-nspawn@web.service, web",
    "'/machine.slice/machine-qemu\\x2d1.scope', machine-qemu-1.scope, ''",
    "/, '', ''",
    "'', '', ''",
    "/../../system.slice/nginx.service, nginx.service, ''",
    "/docker/OTHER/docker/ID, '', 3f2a9c0d11ee",
    "/docker/OTHER/system.slice/sshd.service, sshd.service, 0123456789ab",
  })
  void thePathTellsUnitAndContainer(String path, String unit, String container) {
    assertThat(Placement.of(path.replace("ID", ID).replace("OTHER", OTHER)))
        .isEqualTo(new Placement(unit, container));
  }

  @Test
  void aNameNeverHoldsControlCharactersAndIsCut() {
    Placement hostile = Placement.of("/a\\x1b[31m" + "b".repeat(200) + ".service");
    assertThat(hostile.unit()).startsWith("a?[31mb").hasSize(128);
  }

  @ParameterizedTest
  @CsvSource({
    "'0::/system.slice/a.service\n', /system.slice/a.service",
    "'12:pids:/x\n1:name=systemd:/system.slice/a.service\n0::/\n', /system.slice/a.service",
    "'1:name=systemd:/system.slice/a.service\n', /system.slice/a.service",
    "'0::/../../a.scope\n', /a.scope",
    "'0::/..\n', /",
    "'garbage', ''",
    "'', ''",
  })
  void theGroupOfAProcessIsTheUnifiedOneElseSystemds(String text, String path) {
    assertThat(CgroupFile.path(text)).isEqualTo(path);
  }
}
