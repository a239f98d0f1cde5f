/** A lifelike shop to try Carillon with: simulated providers and people, and a past of weeks. */
@NullMarked
package dev.carillon.server.demo;

import org.jspecify.annotations.NullMarked;
