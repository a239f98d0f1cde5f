package dev.carillon.server.api.reports;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.server.access.security.LocalAccess;
import dev.carillon.server.api.request.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Every number of every campaign counted again, while everything goes on. */
@RestController
@Tag(name = "Reports")
class VerifyController {
  private static final String LINES = "application/x-ndjson";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final CampaignStore campaigns;
  private final Verification verification;

  /** Each counting reads all facts, so a second one at the same moment would only slow both. */
  private final AtomicBoolean counting = new AtomicBoolean();

  VerifyController(
      CampaignStore campaigns, RecountStore recounts, Reports reports, Account account) {
    this.campaigns = campaigns;
    this.verification = new Verification(reports, recounts, account);
  }

  /** What came of a campaign. */
  record OfCampaign(String campaign, int numbers, List<String> differences) {}

  /** The last line, when something kept the rest from being counted. */
  record Broken(String problem) {}

  @PostMapping(value = LocalAccess.VERIFY, produces = LINES)
  @Operation(
      summary = "Counts every number of every campaign again by plain SQL and compares it",
      description =
          "Needs the scope admin. Each line is a JSON document, sent as soon as it is known:"
              + " {campaign, numbers, differences} for each campaign, differences being sentences,"
              + " empty when all agree; at last {campaigns, numbers, different}, or {problem} when"
              + " counting could not go on. An answer without such a last line is not whole. Both"
              + " counts are of the same moment, so that campaigns may go on meanwhile. One at a"
              + " time: 409 verifyRunning while another is answered.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = LINES, schema = @Schema(type = "string")))
  void verify(HttpServletResponse response) throws IOException {
    if (!counting.compareAndSet(false, true)) {
      throw new ApiException(
          409,
          "verifyRunning",
          "All numbers are being counted again already. Ask again when that has ended.");
    }
    try {
      count(response);
    } finally {
      counting.set(false);
    }
  }

  private void count(HttpServletResponse response) throws IOException {
    response.setContentType(LINES);
    OutputStream out = response.getOutputStream();
    try {
      line(
          out,
          verification.verifyAll(campaigns, (campaign, result) -> result(out, campaign, result)));
    } catch (StoreUnavailableException unavailable) {
      line(out, new Broken("The store cannot be used now: " + unavailable.getMessage()));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  private static void result(OutputStream out, Campaign campaign, Verification.Result result) {
    try {
      line(
          out,
          new OfCampaign(Integer.toString(campaign.id()), result.compared(), result.differences()));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static void line(OutputStream out, Object document) throws IOException {
    out.write(MAPPER.writeValueAsBytes(document));
    out.write('\n');
    out.flush();
  }
}
