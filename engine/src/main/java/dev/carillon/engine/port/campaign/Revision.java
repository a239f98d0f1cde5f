package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.CampaignDefinition;
import java.time.Instant;

/**
 * A definition as it was for a while.
 *
 * @param version the version from which on it held
 * @param by login or API key name of who made it so
 */
public record Revision(int version, CampaignDefinition definition, String by, Instant at) {}
