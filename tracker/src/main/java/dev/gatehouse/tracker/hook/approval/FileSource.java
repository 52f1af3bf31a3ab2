package dev.gatehouse.tracker.hook.approval;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.tracker.config.ApprovalSource;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with a hash on each line, in hexadecimal; {@code #} begins a comment. */
record FileSource(ApprovalSource.InFile file) implements TorrentSource {

  private static final Logger log = LoggerFactory.getLogger(FileSource.class);
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})");

  @Override
  public Duration period() {
    return file.period();
  }

  @Override
  public Map<String, Listing> look(Map<String, Listing> before) throws IOException {
    String place = file.path().toString();
    FileVersion version = FileVersion.of(file.path());
    Listing known = before.get(place);
    return known != null && version.isThatOf(known)
        ? before
        : Map.of(place, Listing.of(version, read(), Listing.NAMELESS));
  }

  private List<InfoHash> read() throws IOException {
    List<InfoHash> hashes = new ArrayList<>();
    List<String> lines = Files.readAllLines(file.path(), ISO_8859_1);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      Optional<InfoHash> hash =
          HEX.matcher(line).matches() ? InfoHash.parse(Bytes.utf8(line)) : Optional.empty();
      hash.ifPresent(hashes::add);
      if (hash.isEmpty() && !line.isEmpty()) {
        skipped(i + 1);
      }
    }
    return hashes;
  }

  private void skipped(int line) {
    log.atWarn()
        .setMessage("approval_file_skipped")
        .addKeyValue("component", "tracker/hook")
        .addKeyValue("path", file.path())
        .addKeyValue("line", line)
        .addKeyValue("expected", "40 or 64 hexadecimal digits")
        .log();
  }
}
