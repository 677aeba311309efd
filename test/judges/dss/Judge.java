import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.time.Instant;
import java.util.Date;

/**
 * What DSS says of each signature: file, format with level, indication, sub-indication, errors, warnings, and the field.
 * Arguments: the trusted root, the time to judge at (ISO 8601, or "now"), the files.
 */
public class Judge {
    public static void main(String[] arguments) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
        for (int at = 2; at < arguments.length; at++) {
            try {
                judge(arguments[at], arguments[1], trusted);
            } catch (RuntimeException cause) {
                // What DSS throws is its verdict, too.
                System.out.println(String.join("\t", arguments[at], "", cause.getClass().getSimpleName(), "null", "[]", "[]", ""));
            }
        }
    }

    private static void judge(String file, String time, CommonTrustedCertificateSource trusted) {
        // No sources of its own for certificates and revocation: what is needed must be in the file.
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        verifier.setAIASource(null);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file));
        validator.setCertificateVerifier(verifier);
        if (!time.equals("now")) validator.setValidationTime(Date.from(Instant.parse(time)));
        Reports reports = validator.validateDocument();
        SimpleReport report = reports.getSimpleReport();
        for (String id : report.getSignatureIdList()) {
            System.out.println(String.join("\t",
                file,
                String.valueOf(report.getSignatureFormat(id)),
                String.valueOf(report.getIndication(id)),
                String.valueOf(report.getSubIndication(id)),
                String.valueOf(report.getAdESValidationErrors(id).stream().map(one -> one.getValue()).toList()),
                String.valueOf(report.getAdESValidationWarnings(id).stream().map(one -> one.getValue()).toList()),
                String.join(",", reports.getDiagnosticData().getSignatureById(id).getSignatureFieldNames())));
        }
    }
}
