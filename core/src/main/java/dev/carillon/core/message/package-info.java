/** Messages and the facts that become known of them. */
@NullMarked
package dev.carillon.core.message;

import org.jspecify.annotations.NullMarked;
