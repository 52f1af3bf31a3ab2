/**
 * The control plane over the features' views; start with {@link dev.gatehouse.control.ServerView}.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
