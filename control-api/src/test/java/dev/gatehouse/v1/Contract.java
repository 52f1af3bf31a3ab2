package dev.gatehouse.v1;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything in a set of proto files on which a client may rely, as one line each. */
final class Contract {

  private Contract() {}

  static List<String> lines(List<FileDescriptor> files) {
    return files.stream().flatMap(Contract::file).toList();
  }

  private static Stream<String> file(FileDescriptor file) {
    return Stream.of(
            file.getServices().stream().flatMap(Contract::service),
            file.getMessageTypes().stream().flatMap(Contract::message),
            file.getEnumTypes().stream().flatMap(Contract::enumeration))
        .flatMap(lines -> lines);
  }

  private static Stream<String> service(ServiceDescriptor service) {
    return service.getMethods().stream().map(Contract::method);
  }

  private static String method(MethodDescriptor method) {
    return "call %s(%s%s) %s%s"
        .formatted(
            method.getFullName(),
            method.isClientStreaming() ? "stream " : "",
            method.getInputType().getFullName(),
            method.isServerStreaming() ? "stream " : "",
            method.getOutputType().getFullName());
  }

  private static Stream<String> message(Descriptor message) {
    return Stream.of(
            message.getFields().stream().map(Contract::field),
            message.getNestedTypes().stream().flatMap(Contract::message),
            message.getEnumTypes().stream().flatMap(Contract::enumeration))
        .flatMap(lines -> lines);
  }

  private static String field(FieldDescriptor field) {
    return "field %s = %d %s%s"
        .formatted(field.getFullName(), field.getNumber(), presence(field), type(field));
  }

  private static String presence(FieldDescriptor field) {
    if (field.isRepeated()) {
      return "repeated ";
    }
    return field.hasPresence() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        ? "optional "
        : "";
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Stream<String> enumeration(EnumDescriptor enumeration) {
    return enumeration.getValues().stream()
        .map(
            value ->
                "value %s.%s = %d"
                    .formatted(enumeration.getFullName(), value.getName(), value.getNumber()));
  }
}
