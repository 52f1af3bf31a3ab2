/**
 * What a shell offers when a word is begun; start with {@link
 * dev.gatehouse.cli.completion.CompletionCommand}.
 */
@NullMarked
package dev.gatehouse.cli.completion;

import org.jspecify.annotations.NullMarked;
