package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.Campaign;
import java.util.List;

public record CampaignPage(List<Campaign> campaigns, int total) {}
