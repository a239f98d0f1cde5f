package dev.carillon.server.api.people;

import dev.carillon.core.account.Countries;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.csv.CsvColumn;
import dev.carillon.engine.intake.csv.CsvMapping;
import dev.carillon.engine.intake.csv.CsvReading;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.imports.CsvImports;
import dev.carillon.server.imports.HeldFile;
import dev.carillon.server.imports.ImportRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Imports of users from CSV files. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "People")
class ImportController {
  private final CsvImports imports;
  private final Account account;
  private final AuditLog audit;

  ImportController(CsvImports imports, Account account, AuditLog audit) {
    this.imports = imports;
    this.account = account;
    this.audit = audit;
  }

  @PostMapping(value = "/import", consumes = "text/csv")
  @Operation(
      summary = "Imports users from a CSV file, and answers when all of it is durable",
      description =
          "The first line names the columns. Without map, columns become what their names and first"
              + " rows suggest. The same file again changes nothing; with another map or country it"
              + " replaces what it said before. phonesNotValid counts rows that were taken and whose"
              + " phone number is not valid, with the first 100 of their lines.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = "text/csv",
                      schema = @Schema(type = "string", example = "id,Name,Age\n7,Asha,30\n"))))
  ObjectNode run(
      @RequestParam(required = false)
          @Parameter(
              description =
                  "A column and what it becomes, as HEADER:KIND or HEADER:KIND:PROPERTY; kinds are"
                      + " identity, text, number, boolean, date, skip. May be given for each column.")
          @Nullable List<String> map,
      @RequestParam(required = false)
          @Parameter(
              description =
                  "Two letters of ISO 3166, such as IN: phone numbers without a country code are read"
                      + " as numbers of this country. Without it the account's country counts.")
          @Nullable String country,
      HttpServletRequest request)
      throws IOException {
    try {
      HeldFile file = imports.hold("API", request.getInputStream());
      CsvMapping mapping = mapping(file, map);
      ImportRun run = imports.run(file, new CsvReading(mapping, country(file, country)));
      Caller.current()
          .ifPresent(
              caller ->
                  audit.record(caller.actor(), "person.import", "", run.taken() + " rows taken"));
      return view(run);
    } catch (MalformedBodyException malformed) {
      throw new ApiException(400, "malformedBody", String.valueOf(malformed.getMessage()));
    }
  }

  private @Nullable String country(HeldFile file, @Nullable String given) throws IOException {
    if (given == null || given.isEmpty()) {
      return account.settings().country();
    }
    if (!Countries.exist(given)) {
      imports.drop(file);
      throw ApiException.badParameter(
          "country", "There is no such country; write its two letters, such as IN.");
    }
    return given;
  }

  private CsvMapping mapping(HeldFile file, @Nullable List<String> map) throws IOException {
    try {
      return read(file, map == null ? List.of() : map);
    } catch (ApiException refused) {
      imports.drop(file);
      throw refused;
    }
  }

  private static CsvMapping read(HeldFile file, List<String> map) {
    List<CsvColumn> columns = new ArrayList<>(file.suggested().columns());
    for (String text : map) {
      CsvColumn wanted = column(text);
      int place = file.headers().indexOf(wanted.header());
      if (place < 0) {
        throw ApiException.badParameter("map", "No column is named " + wanted.header() + ".");
      }
      columns.set(place, wanted);
    }
    CsvMapping mapping = new CsvMapping(columns);
    mapping
        .problem()
        .ifPresent(
            words -> {
              throw ApiException.badParameter("map", words);
            });
    return mapping;
  }

  private static CsvColumn column(String text) {
    String[] parts = text.split(":", 3);
    return CsvColumn.Use.ofKey(parts.length < 2 ? "" : parts[1])
        .map(use -> new CsvColumn(parts[0], use, parts.length == 3 ? parts[2] : parts[0]))
        .orElseThrow(
            () ->
                ApiException.badParameter(
                    "map", "Write HEADER:KIND or HEADER:KIND:PROPERTY, not " + text + "."));
  }

  private static ObjectNode view(ImportRun run) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    boolean all = run.refused() == 0 && run.problem() == null;
    view.put("status", all ? "success" : run.taken() > 0 ? "partial" : "fail");
    view.put("rows", run.rows()).put("processed", run.taken()).put("refused", run.refused());
    view.put("at", run.file().at().toString());
    if (run.problem() != null) {
      view.put("problem", run.problem());
    }
    ObjectNode phones = view.putObject("phonesNotValid").put("count", run.phonesNotValid());
    run.phoneLines().forEach(phones.putArray("lines")::add);
    ArrayNode list = view.putArray("unprocessed");
    for (ImportRun.RefusedLine line : run.listed()) {
      list.addObject().put("line", line.line()).put("code", line.code()).put("error", line.words());
    }
    return view;
  }
}
