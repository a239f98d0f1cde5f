/** Ways to reach people, and what can be said on each. */
@NullMarked
package dev.carillon.core.channel;

import org.jspecify.annotations.NullMarked;
