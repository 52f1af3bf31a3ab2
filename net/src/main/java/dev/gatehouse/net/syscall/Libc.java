package dev.gatehouse.net.syscall;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links functions of the C library.
 *
 * <p>Every handle takes, before the arguments of its function, a segment of {@link #newCallState}
 * in which the error number of the call is left.
 */
final class Libc {

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

  private Libc() {}

  /** Links the first function of these names that this C library has. */
  static MethodHandle link(FunctionDescriptor shape, String... names) {
    return handle(shape, names, Linker.Option.captureCallState("errno"));
  }

  /** Links a function whose arguments from {@code firstVariadic} on are variadic. */
  static MethodHandle linkVariadic(FunctionDescriptor shape, int firstVariadic, String name) {
    return handle(
        shape,
        new String[] {name},
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      FunctionDescriptor shape, String[] names, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    MemorySegment function =
        Stream.of(names)
            .map(library::find)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new UnsatisfiedLinkError("C library without " + names[0]));
    return linker.downcallHandle(function, shape, options);
  }

  static MemorySegment newCallState(Arena arena) {
    return arena.allocate(CALL_STATE);
  }

  /** The result of a call, or its error number negated where the result is negative. */
  static int valueOrErrno(MemorySegment callState, long result) {
    return result < 0 ? -(int) ERRNO.get(callState, 0L) : (int) result;
  }

  /** What to throw for something that a handle cannot throw by its type, and so never does. */
  static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
  }
}
