package dev.gatehouse.control.ops.page;

/** Something that can be read at a path; changes nothing. */
@FunctionalInterface
public interface Page {

  /**
   * The page as it is now. Called on a virtual thread, so it may wait.
   *
   * @param accept the types that the reader prefers (RFC 9110 section 12.5.1), empty if unsaid
   */
  Answer answer(String accept);
}
