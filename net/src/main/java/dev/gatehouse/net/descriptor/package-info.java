/**
 * The open files of the process: how many there may be, and who may open one more; start with
 * {@link dev.gatehouse.net.descriptor.DescriptorBudget}.
 */
@NullMarked
package dev.gatehouse.net.descriptor;

import org.jspecify.annotations.NullMarked;
