/**
 * Internet addresses as values, and how far each reaches; start with {@link
 * dev.gatehouse.kernel.address.IpAddress} and {@link dev.gatehouse.kernel.address.AddressScope}.
 */
@NullMarked
package dev.gatehouse.kernel.address;

import org.jspecify.annotations.NullMarked;
