package dev.carillon.server.pages.people;

import dev.carillon.core.account.Countries;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.csv.CsvColumn;
import dev.carillon.engine.intake.csv.CsvMapping;
import dev.carillon.engine.intake.csv.CsvReading;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.imports.CsvImports;
import dev.carillon.server.imports.HeldFile;
import dev.carillon.server.imports.ImportRun;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.settings.UploadLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Imports of users from CSV files: the upload, what the columns become, and how it goes. */
@Controller
public class ImportPages {
  private final Pages pages;
  private final CsvImports imports;
  private final Account account;
  private final UploadLimit limit;
  private final PeopleReads reads;

  ImportPages(
      Pages pages, CsvImports imports, Account account, UploadLimit limit, PeopleReads reads) {
    this.account = account;
    this.reads = reads;
    this.pages = pages;
    this.imports = imports;
    this.limit = limit;
  }

  /**
   * @param megabytes how large a file may be
   * @param problem what is wrong with the file that was sent; null for nothing
   */
  public record Choice(int megabytes, @Nullable String problem) {}

  @GetMapping("/people/imports")
  View choose() {
    return choice(200, null);
  }

  private View choice(int status, @Nullable String problem) {
    return pages.page(
        status,
        Section.PEOPLE,
        "Import people",
        "people/import.jte",
        new Choice(limit.megabytes(), problem));
  }

  @PostMapping("/people/imports/preview")
  View upload(@RequestParam(required = false) @Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty()) {
      return choice(400, "Choose a CSV file that is not empty.");
    }
    String name = file.getOriginalFilename();
    try {
      HeldFile held = imports.hold(name == null ? "file" : name, file.getInputStream());
      return new RedirectView("/people/imports/" + held.id() + "/columns");
    } catch (MalformedBodyException malformed) {
      return choice(400, malformed.getMessage());
    }
  }

  /**
   * @param mapping what the columns become so far
   * @param country two letters, of phone numbers without a country code; empty for none
   * @param problem what keeps it from being imported; null for nothing
   */
  public record Columns(
      HeldFile file, CsvMapping mapping, String country, @Nullable String problem) {}

  @GetMapping("/people/imports/{id}/columns")
  View columns(@PathVariable String id) {
    HeldFile file = held(id);
    return columns(200, new Columns(file, file.suggested(), accountCountry(), null));
  }

  private String accountCountry() {
    String country = account.settings().country();
    return country == null ? "" : country;
  }

  private View columns(int status, Columns model) {
    return pages.page(
        status, Section.PEOPLE, "Columns of " + model.file().name(), "people/columns.jte", model);
  }

  @PostMapping("/people/import")
  View start(@RequestParam String id, HttpServletRequest request) throws IOException {
    HeldFile file = held(id);
    List<CsvColumn> columns = new ArrayList<>();
    for (int i = 0; i < file.headers().size(); i++) {
      String use = request.getParameter("use" + i);
      String property = request.getParameter("property" + i);
      columns.add(
          new CsvColumn(
              file.headers().get(i),
              CsvColumn.Use.ofKey(use == null ? "" : use).orElse(CsvColumn.Use.SKIP),
              property == null ? "" : property.strip()));
    }
    CsvMapping mapping = new CsvMapping(columns);
    String typed = request.getParameter("country");
    String country = typed == null ? "" : typed.strip().toUpperCase(Locale.ROOT);
    String problem =
        country.isEmpty() || Countries.exist(country)
            ? mapping.problem().orElse(null)
            : "There is no country " + country + ". Write its two letters, such as IN.";
    if (problem != null) {
      return columns(400, new Columns(file, mapping, country, problem));
    }
    imports.start(id, new CsvReading(mapping, country.isEmpty() ? null : country));
    return new RedirectView("/people/imports/" + id);
  }

  @GetMapping("/people/imports/{id}")
  View progress(@PathVariable String id) {
    ImportRun run = imports.run(id).orElseThrow(ImportPages::notFound);
    return pages.page(Section.PEOPLE, "Import of " + run.file().name(), "people/progress.jte", run);
  }

  @GetMapping("/people/imports/{id}/rejected.csv")
  ResponseEntity<Resource> rejected(@PathVariable String id) {
    ImportRun run = imports.run(id).orElseThrow(ImportPages::notFound);
    Path rejected = run.rejected();
    if (rejected == null) {
      throw notFound();
    }
    reads.note(PeopleReads.Kind.IMPORT_ROWS, run.refused());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(new FileSystemResource(rejected));
  }

  private HeldFile held(String id) {
    return imports.held(id).orElseThrow(ImportPages::notFound);
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
