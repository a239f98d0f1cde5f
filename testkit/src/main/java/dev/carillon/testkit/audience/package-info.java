/** What rules mean, written down plainly, and random users and rules to hold stores against it. */
@NullMarked
package dev.carillon.testkit.audience;

import org.jspecify.annotations.NullMarked;
