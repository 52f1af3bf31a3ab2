/**
 * What was declared, told to people and machines; start with {@link
 * dev.gatehouse.config.document.Declaration} and {@link
 * dev.gatehouse.config.document.Declaration.Section}.
 */
@NullMarked
package dev.gatehouse.config.document;

import org.jspecify.annotations.NullMarked;
