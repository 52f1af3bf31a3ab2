/** How answers are spelled; start with {@link dev.gatehouse.tracker.http.answer.HttpAnswer}. */
@NullMarked
package dev.gatehouse.tracker.http.answer;

import org.jspecify.annotations.NullMarked;
