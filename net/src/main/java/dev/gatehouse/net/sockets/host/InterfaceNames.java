package dev.gatehouse.net.sockets.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the devices are called to which sockets are bound, as of the first question; made anew for
 * each scan, since names and indices change.
 */
public final class InterfaceNames {

  private static final Path DEVICES = Path.of("/sys/class/net");

  private final Path devices;
  private @Nullable Map<Integer, String> names;

  public InterfaceNames() {
    this(DEVICES);
  }

  InterfaceNames(Path devices) {
    this.devices = devices;
  }

  /** The name of a device: empty for index 0, which is none, and {@code if<index>} if unknown. */
  public String name(int index) {
    if (index == 0) {
      return "";
    }
    if (names == null) {
      names = read(devices);
    }
    return names.getOrDefault(index, "if" + index);
  }

  private static Map<Integer, String> read(Path devices) {
    Map<Integer, String> names = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(devices)) {
      for (Path device : folders) {
        index(device).ifPresent(index -> names.put(index, String.valueOf(device.getFileName())));
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // without names the indices remain
      return names;
    }
    return names;
  }

  /** A device may vanish while the folder is read, and not all that is in it is a device. */
  private static Optional<Integer> index(Path device) {
    try {
      return Optional.of(Integer.valueOf(Files.readString(device.resolve("ifindex")).strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }
}
