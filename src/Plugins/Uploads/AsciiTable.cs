using System.Globalization;

namespace Modular.Uploads;

/// <summary>
/// Maps a character to the ASCII part of its decomposition (Unicode's NFKD): <c>ü</c> to <c>u</c>, <c>ﬁ</c> to <c>fi</c>. .NET's own
/// decomposition does nothing
/// in applications with invariant globalization.
/// </summary>
static class AsciiTable
{
    static readonly Run[] Runs = [.. Data.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>The ASCII part of the character. Empty when it has none.</summary>
    internal static string Of(int character)
    {
        var (low, high) = (0, Runs.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var run = Runs[middle];
            if (character < run.First) high = middle - 1;
            else if (character >= run.First + run.Count) low = middle + 1;
            else return run.Counts ? $"{(char)(run.Text[0] + character - run.First)}" : run.Text;
        }
        return "";
    }

    static Run Parse(string item)
    {
        var colon = item.IndexOf(':', StringComparison.Ordinal);
        var head = item.AsSpan(0, colon);
        var sign = head.IndexOfAny('+', '=');
        var first = int.Parse(sign < 0 ? head : head[..sign], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var count = sign < 0 ? 1 : int.Parse(head[(sign + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        return new(first, count, sign >= 0 && head[sign] == '+', item[(colon + 1)..].Replace('\u2420', ' '));
    }

    readonly record struct Run(int First, int Count, bool Counts, string Text);

    // Unicode 14.0.0, generated with Python's unicodedata. An entry is the first code point, then =n for n characters with the same text,
    // or +n for n characters with consecutive texts.
    const string Data = """
        A0:␠ A8:␠ AA:a AF:␠ B2+2:2 B4:␠ B8:␠ B9:1 BA:o BC:14 BD:12 BE:34 C0=6:A C7:C C8=4:E CC=4:I D1+2:N D3=4:O D9=4:U DD:Y E0=6:a
        E7:c E8=4:e EC=4:i F1+2:n F3=4:o F9=4:u FD:y FF:y 100:A 101:a 102:A 103:a 104:A 105:a 106:C 107:c 108:C 109:c 10A:C 10B:c 10C:C
        10D:c 10E:D 10F:d 112:E 113:e 114:E 115:e 116:E 117:e 118:E 119:e 11A:E 11B:e 11C:G 11D:g 11E:G 11F:g 120:G 121:g 122:G 123:g
        124:H 125:h 128:I 129:i 12A:I 12B:i 12C:I 12D:i 12E:I 12F:i 130:I 132:IJ 133:ij 134:J 135:j 136:K 137:k 139:L 13A:l 13B:L 13C:l
        13D:L 13E:l 13F:L 140:l 143:N 144:n 145:N 146:n 147:N 148=2:n 14C:O 14D:o 14E:O 14F:o 150:O 151:o 154:R 155:r 156:R 157:r 158:R
        159:r 15A:S 15B:s 15C:S 15D:s 15E:S 15F:s 160:S 161:s 162:T 163:t 164:T 165:t 168:U 169:u 16A:U 16B:u 16C:U 16D:u 16E:U 16F:u
        170:U 171:u 172:U 173:u 174:W 175:w 176:Y 177:y 178+2:Y 17A:z 17B:Z 17C:z 17D:Z 17E:z 17F:s 1A0:O 1A1:o 1AF:U 1B0:u 1C4:DZ
        1C5:Dz 1C6:dz 1C7:LJ 1C8:Lj 1C9:lj 1CA:NJ 1CB:Nj 1CC:nj 1CD:A 1CE:a 1CF:I 1D0:i 1D1:O 1D2:o 1D3:U 1D4:u 1D5:U 1D6:u 1D7:U 1D8:u
        1D9:U 1DA:u 1DB:U 1DC:u 1DE:A 1DF:a 1E0:A 1E1:a 1E6:G 1E7:g 1E8:K 1E9:k 1EA:O 1EB:o 1EC:O 1ED:o 1F0:j 1F1:DZ 1F2:Dz 1F3:dz
        1F4:G 1F5:g 1F8:N 1F9:n 1FA:A 1FB:a 200:A 201:a 202:A 203:a 204:E 205:e 206:E 207:e 208:I 209:i 20A:I 20B:i 20C:O 20D:o 20E:O
        20F:o 210:R 211:r 212:R 213:r 214:U 215:u 216:U 217:u 218:S 219:s 21A:T 21B:t 21E:H 21F:h 226:A 227:a 228:E 229:e 22A:O 22B:o
        22C:O 22D:o 22E:O 22F:o 230:O 231:o 232:Y 233:y 2B0:h 2B2:j 2B3:r 2B7:w 2B8:y 2D8=6:␠ 2E1:l 2E2:s 2E3:x 37A:␠ 37E:; 384=2:␠
        1D2C:A 1D2E:B 1D30+2:D 1D33+8:G 1D3C:O 1D3E:P 1D3F:R 1D40+2:T 1D42:W 1D43:a 1D47:b 1D48+2:d 1D4D:g 1D4F:k 1D50:m 1D52:o 1D56:p
        1D57+2:t 1D5B:v 1D62:i 1D63:r 1D64+2:u 1D9C:c 1DA0:f 1DBB:z 1E00:A 1E01:a 1E02:B 1E03:b 1E04:B 1E05:b 1E06:B 1E07:b 1E08:C
        1E09:c 1E0A:D 1E0B:d 1E0C:D 1E0D:d 1E0E:D 1E0F:d 1E10:D 1E11:d 1E12:D 1E13:d 1E14:E 1E15:e 1E16:E 1E17:e 1E18:E 1E19:e 1E1A:E
        1E1B:e 1E1C:E 1E1D:e 1E1E:F 1E1F:f 1E20:G 1E21:g 1E22:H 1E23:h 1E24:H 1E25:h 1E26:H 1E27:h 1E28:H 1E29:h 1E2A:H 1E2B:h 1E2C:I
        1E2D:i 1E2E:I 1E2F:i 1E30:K 1E31:k 1E32:K 1E33:k 1E34:K 1E35:k 1E36:L 1E37:l 1E38:L 1E39:l 1E3A:L 1E3B:l 1E3C:L 1E3D:l 1E3E:M
        1E3F:m 1E40:M 1E41:m 1E42:M 1E43:m 1E44:N 1E45:n 1E46:N 1E47:n 1E48:N 1E49:n 1E4A:N 1E4B:n 1E4C:O 1E4D:o 1E4E:O 1E4F:o 1E50:O
        1E51:o 1E52:O 1E53:o 1E54:P 1E55:p 1E56:P 1E57:p 1E58:R 1E59:r 1E5A:R 1E5B:r 1E5C:R 1E5D:r 1E5E:R 1E5F:r 1E60:S 1E61:s 1E62:S
        1E63:s 1E64:S 1E65:s 1E66:S 1E67:s 1E68:S 1E69:s 1E6A:T 1E6B:t 1E6C:T 1E6D:t 1E6E:T 1E6F:t 1E70:T 1E71:t 1E72:U 1E73:u 1E74:U
        1E75:u 1E76:U 1E77:u 1E78:U 1E79:u 1E7A:U 1E7B:u 1E7C:V 1E7D:v 1E7E:V 1E7F:v 1E80:W 1E81:w 1E82:W 1E83:w 1E84:W 1E85:w 1E86:W
        1E87:w 1E88:W 1E89:w 1E8A:X 1E8B:x 1E8C:X 1E8D:x 1E8E:Y 1E8F:y 1E90:Z 1E91:z 1E92:Z 1E93:z 1E94:Z 1E95:z 1E96:h 1E97:t 1E98:w
        1E99:y 1E9A:a 1E9B:s 1EA0:A 1EA1:a 1EA2:A 1EA3:a 1EA4:A 1EA5:a 1EA6:A 1EA7:a 1EA8:A 1EA9:a 1EAA:A 1EAB:a 1EAC:A 1EAD:a 1EAE:A
        1EAF:a 1EB0:A 1EB1:a 1EB2:A 1EB3:a 1EB4:A 1EB5:a 1EB6:A 1EB7:a 1EB8:E 1EB9:e 1EBA:E 1EBB:e 1EBC:E 1EBD:e 1EBE:E 1EBF:e 1EC0:E
        1EC1:e 1EC2:E 1EC3:e 1EC4:E 1EC5:e 1EC6:E 1EC7:e 1EC8:I 1EC9:i 1ECA:I 1ECB:i 1ECC:O 1ECD:o 1ECE:O 1ECF:o 1ED0:O 1ED1:o 1ED2:O
        1ED3:o 1ED4:O 1ED5:o 1ED6:O 1ED7:o 1ED8:O 1ED9:o 1EDA:O 1EDB:o 1EDC:O 1EDD:o 1EDE:O 1EDF:o 1EE0:O 1EE1:o 1EE2:O 1EE3:o 1EE4:U
        1EE5:u 1EE6:U 1EE7:u 1EE8:U 1EE9:u 1EEA:U 1EEB:u 1EEC:U 1EED:u 1EEE:U 1EEF:u 1EF0:U 1EF1:u 1EF2:Y 1EF3:y 1EF4:Y 1EF5:y 1EF6:Y
        1EF7:y 1EF8:Y 1EF9:y 1FBD:␠ 1FBF=3:␠ 1FCD=3:␠ 1FDD=3:␠ 1FED=2:␠ 1FEF:` 1FFD=2:␠ 2000=11:␠ 2017:␠ 2024:. 2025:.. 2026:... 202F:␠
        203C:!! 203E:␠ 2047:?? 2048:?! 2049:!? 205F:␠ 2070:0 2071:i 2074+6:4 207A:+ 207C:= 207D+2:( 207F:n 2080+10:0 208A:+ 208C:=
        208D+2:( 2090:a 2091:e 2092:o 2093:x 2095:h 2096+4:k 209A:p 209B+2:s 20A8:Rs 2100:a/c 2101:a/s 2102=2:C 2105:c/o 2106:c/u
        2109:F 210A:g 210B=3:H 210E:h 2110=2:I 2112:L 2113:l 2115:N 2116:No 2119+3:P 211C=2:R 2120:SM 2121:TEL 2122:TM 2124:Z 2128:Z
        212A:K 212B+3:A 212F:e 2130+2:E 2133:M 2134:o 2139:i 213B:FAX 2145:D 2146+2:d 2148+2:i 2150:17 2151:19 2152:110 2153:13 2154:23
        2155:15 2156:25 2157:35 2158:45 2159:16 215A:56 215B:18 215C:38 215D:58 215E:78 215F:1 2160:I 2161:II 2162:III 2163:IV 2164:V
        2165:VI 2166:VII 2167:VIII 2168:IX 2169:X 216A:XI 216B:XII 216C:L 216D+2:C 216F:M 2170:i 2171:ii 2172:iii 2173:iv 2174:v
        2175:vi 2176:vii 2177:viii 2178:ix 2179:x 217A:xi 217B:xii 217C:l 217D+2:c 217F:m 2189:03 2260:= 226E:< 226F:> 2460+9:1 2469:10
        246A:11 246B:12 246C:13 246D:14 246E:15 246F:16 2470:17 2471:18 2472:19 2473:20 2474:(1) 2475:(2) 2476:(3) 2477:(4) 2478:(5)
        2479:(6) 247A:(7) 247B:(8) 247C:(9) 247D:(10) 247E:(11) 247F:(12) 2480:(13) 2481:(14) 2482:(15) 2483:(16) 2484:(17) 2485:(18)
        2486:(19) 2487:(20) 2488:1. 2489:2. 248A:3. 248B:4. 248C:5. 248D:6. 248E:7. 248F:8. 2490:9. 2491:10. 2492:11. 2493:12. 2494:13.
        2495:14. 2496:15. 2497:16. 2498:17. 2499:18. 249A:19. 249B:20. 249C:(a) 249D:(b) 249E:(c) 249F:(d) 24A0:(e) 24A1:(f) 24A2:(g)
        24A3:(h) 24A4:(i) 24A5:(j) 24A6:(k) 24A7:(l) 24A8:(m) 24A9:(n) 24AA:(o) 24AB:(p) 24AC:(q) 24AD:(r) 24AE:(s) 24AF:(t) 24B0:(u)
        24B1:(v) 24B2:(w) 24B3:(x) 24B4:(y) 24B5:(z) 24B6+26:A 24D0+26:a 24EA:0 2A74:::= 2A75:== 2A76:=== 2C7C:j 2C7D:V 3000:␠ 309B=2:␠
        3200=31:() 3220=36:() 3250:PTE 3251:21 3252:22 3253:23 3254:24 3255:25 3256:26 3257:27 3258:28 3259:29 325A:30 325B:31 325C:32
        325D:33 325E:34 325F:35 32B1:36 32B2:37 32B3:38 32B4:39 32B5:40 32B6:41 32B7:42 32B8:43 32B9:44 32BA:45 32BB:46 32BC:47 32BD:48
        32BE:49 32BF:50 32C0+9:1 32C9:10 32CA:11 32CB:12 32CC:Hg 32CD:erg 32CE:eV 32CF:LTD 3358+10:0 3362:10 3363:11 3364:12 3365:13
        3366:14 3367:15 3368:16 3369:17 336A:18 336B:19 336C:20 336D:21 336E:22 336F:23 3370:24 3371:hPa 3372:da 3373:AU 3374:bar
        3375:oV 3376:pc 3377:dm 3378:dm2 3379:dm3 337A:IU 3380:pA 3381:nA 3382:A 3383:mA 3384:kA 3385:KB 3386:MB 3387:GB 3388:cal
        3389:kcal 338A:pF 338B:nF 338C:F 338D:g 338E:mg 338F:kg 3390:Hz 3391:kHz 3392:MHz 3393:GHz 3394:THz 3395:l 3396:ml 3397:dl
        3398:kl 3399:fm 339A:nm 339B:m 339C:mm 339D:cm 339E:km 339F:mm2 33A0:cm2 33A1:m2 33A2:km2 33A3:mm3 33A4:cm3 33A5:m3 33A6:km3
        33A7:ms 33A8:ms2 33A9:Pa 33AA:kPa 33AB:MPa 33AC:GPa 33AD:rad 33AE:rads 33AF:rads2 33B0:ps 33B1:ns 33B2:s 33B3:ms 33B4:pV
        33B5:nV 33B6:V 33B7:mV 33B8:kV 33B9:MV 33BA:pW 33BB:nW 33BC:W 33BD:mW 33BE:kW 33BF:MW 33C0:k 33C1:M 33C2:a.m. 33C3:Bq 33C4:cc
        33C5:cd 33C6:Ckg 33C7:Co. 33C8:dB 33C9:Gy 33CA:ha 33CB:HP 33CC:in 33CD:KK 33CE:KM 33CF:kt 33D0:lm 33D1:ln 33D2:log 33D3:lx
        33D4:mb 33D5:mil 33D6:mol 33D7:PH 33D8:p.m. 33D9:PPM 33DA:PR 33DB:sr 33DC:Sv 33DD:Wb 33DE:Vm 33DF:Am 33E0+9:1 33E9:10 33EA:11
        33EB:12 33EC:13 33ED:14 33EE:15 33EF:16 33F0:17 33F1:18 33F2:19 33F3:20 33F4:21 33F5:22 33F6:23 33F7:24 33F8:25 33F9:26 33FA:27
        33FB:28 33FC:29 33FD:30 33FE:31 33FF:gal A7F2:C A7F3:F A7F4:Q FB00:ff FB01:fi FB02:fl FB03:ffi FB04:ffl FB05=2:st FB29:+
        FC5E=6:␠ FDFA:␠␠␠ FDFB:␠ FE10:, FE13+2:: FE15:! FE16:? FE19:... FE30:.. FE33=2:_ FE35+2:( FE37:{ FE38:} FE47:[ FE48:] FE49=4:␠
        FE4D=3:_ FE50:, FE52:. FE54:; FE55:: FE56:? FE57:! FE59+2:( FE5B:{ FE5C:} FE5F:# FE60:& FE61+2:* FE63:- FE64:< FE65:> FE66:=
        FE68:\ FE69+2:$ FE6B:@ FE70:␠ FE72:␠ FE74:␠ FE76:␠ FE78:␠ FE7A:␠ FE7C:␠ FE7E:␠ FF01+94:! FFE3:␠ 107A5:q 1D400+26:A 1D41A+26:a
        1D434+26:A 1D44E+7:a 1D456+18:i 1D468+26:A 1D482+26:a 1D49C:A 1D49E+2:C 1D4A2:G 1D4A5+2:J 1D4A9+4:N 1D4AE+8:S 1D4B6+4:a 1D4BB:f
        1D4BD+7:h 1D4C5+11:p 1D4D0+26:A 1D4EA+26:a 1D504+2:A 1D507+4:D 1D50D+8:J 1D516+7:S 1D51E+26:a 1D538+2:A 1D53B+4:D 1D540+5:I
        1D546:O 1D54A+7:S 1D552+26:a 1D56C+26:A 1D586+26:a 1D5A0+26:A 1D5BA+26:a 1D5D4+26:A 1D5EE+26:a 1D608+26:A 1D622+26:a 1D63C+26:A
        1D656+26:a 1D670+26:A 1D68A+26:a 1D7CE+10:0 1D7D8+10:0 1D7E2+10:0 1D7EC+10:0 1D7F6+10:0 1F100:0. 1F101:0, 1F102:1, 1F103:2,
        1F104:3, 1F105:4, 1F106:5, 1F107:6, 1F108:7, 1F109:8, 1F10A:9, 1F110:(A) 1F111:(B) 1F112:(C) 1F113:(D) 1F114:(E) 1F115:(F)
        1F116:(G) 1F117:(H) 1F118:(I) 1F119:(J) 1F11A:(K) 1F11B:(L) 1F11C:(M) 1F11D:(N) 1F11E:(O) 1F11F:(P) 1F120:(Q) 1F121:(R)
        1F122:(S) 1F123:(T) 1F124:(U) 1F125:(V) 1F126:(W) 1F127:(X) 1F128:(Y) 1F129:(Z) 1F12A:S 1F12B:C 1F12C:R 1F12D:CD 1F12E:WZ
        1F130+26:A 1F14A:HV 1F14B:MV 1F14C:SD 1F14D:SS 1F14E:PPV 1F14F:WC 1F16A:MC 1F16B:MD 1F16C:MR 1F190:DJ 1FBF0+10:0
        """;
}
