package dev.gatehouse.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the proto files against the stored contract: clients of other versions must keep working.
 *
 * <p>A line that is missing is a breaking change: take it back, or retire the field's number and
 * name with {@code reserved} and say so in the changelog. A new line is added to the file.
 */
class ContractTest {

  private static final List<FileDescriptor> FILES =
      List.of(
          Daemon.getDescriptor(),
          Firewall.getDescriptor(),
          Proxy.getDescriptor(),
          Relay.getDescriptor(),
          Tracker.getDescriptor(),
          Watch.getDescriptor());

  @Test
  void everyCallFieldAndValueIsAsClientsKnowIt() throws Exception {
    assertThat(Contract.lines(FILES)).containsExactlyElementsOf(stored());
  }

  @Test
  void aChangedNumberTypeOrNameIsNoticed() throws Exception {
    FileDescriptorProto original = Daemon.getDescriptor().toProto();
    FieldDescriptorProto version = original.getMessageType(1).getField(0);
    assertThat(version.getName()).isEqualTo("version");
    for (FieldDescriptorProto broken :
        List.of(
            version.toBuilder().setNumber(99).build(),
            version.toBuilder().setName("release").setJsonName("release").build(),
            version.toBuilder().setType(FieldDescriptorProto.Type.TYPE_INT32).build())) {
      FileDescriptorProto.Builder changed = original.toBuilder();
      changed.getMessageTypeBuilder(1).setField(0, broken);
      FileDescriptor file =
          FileDescriptor.buildFrom(
              changed.build(),
              Daemon.getDescriptor().getDependencies().toArray(FileDescriptor[]::new));
      assertThat(Contract.lines(List.of(file)))
          .doesNotContain("field gatehouse.v1.GetStatusResponse.version = 1 string");
    }
  }

  @Test
  void everyEnumBeginsWithUnspecified() {
    assertThat(FILES.stream().flatMap(ContractTest::enums))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            enumeration ->
                assertThat(enumeration.findValueByNumber(0).getName()).endsWith("UNSPECIFIED"));
  }

  private static Stream<EnumDescriptor> enums(FileDescriptor file) {
    return Stream.concat(
        file.getEnumTypes().stream(),
        file.getMessageTypes().stream().flatMap(message -> message.getEnumTypes().stream()));
  }

  private static List<String> stored() throws Exception {
    try (InputStream in = ContractTest.class.getResourceAsStream("/gatehouse-v1.contract")) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
