/** Seeded histories of campaigns: what planning, providers and people did, true to life or not. */
@NullMarked
package dev.carillon.testkit.history;

import org.jspecify.annotations.NullMarked;
